/* What the table tells its cells. Private to the layer. */
#ifndef UI_SRC_TABLE_CELL_PRIVATE_H
#define UI_SRC_TABLE_CELL_PRIVATE_H

#include <ui/table_cell.h>

bool table_cell_is(const struct ui_view *view);
void table_cell_set_pressed(struct ui_view *cell, bool pressed);
void table_cell_set_selected(struct ui_view *cell, bool selected);
void table_cell_set_last(struct ui_view *cell, bool last);             /* the last of a section has no line below */
void table_cell_set_corners(struct ui_view *cell, bool top, bool bottom); /* of a group's card */
void table_cell_set_background(struct ui_view *cell, enum ui_color background);

#endif
