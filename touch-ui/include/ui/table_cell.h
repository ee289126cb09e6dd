/* Table cell: a row (UITableViewCell): image, title, detail, an accessory; or a view of yours.
 *
 * A cell's label is its texts joined. Title and detail stand side by side where they fit
 * (UI_CELL_VALUE), or one under the other. */
#ifndef UI_TABLE_CELL_H
#define UI_TABLE_CELL_H

#include <md/image.h>
#include <ui/view.h>

enum ui_cell_look { UI_CELL_SUBTITLE, UI_CELL_VALUE };
enum ui_cell_accessory { UI_CELL_NONE, UI_CELL_DISCLOSURE, UI_CELL_CHECK };

UI_PUBLIC struct ui_view *ui_table_cell_create(enum ui_cell_look look);
UI_PUBLIC void ui_table_cell_set_text(struct ui_view *cell, const char *title, const char *detail); /* detail NULL: none */
UI_PUBLIC void ui_table_cell_set_symbol(struct ui_view *cell, const char *symbol, enum ui_color background);
UI_PUBLIC void ui_table_cell_set_accessory(struct ui_view *cell, enum ui_cell_accessory accessory);
UI_PUBLIC void ui_table_cell_set_control(struct ui_view *cell, struct ui_view *control); /* taken: a switch, … */
UI_PUBLIC void ui_table_cell_set_destructive(struct ui_view *cell, bool destructive);
UI_PUBLIC struct ui_view *ui_table_cell_control(const struct ui_view *cell);
UI_PUBLIC struct ui_view *ui_table_cell_content(struct ui_view *cell); /* where views of yours go */

#endif
