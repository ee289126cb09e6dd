/* JSON text: writes the few kinds of values that the trees consist of. */
#ifndef UI_JSON_TEXT_H
#define UI_JSON_TEXT_H

#include <md/geometry.h>
#include <os/buffer.h>

void ui_json_text(struct os_buffer *json, const char *text); /* with its quotes */
/* ,"name":[x,y,width,height] to a hundredth of a point */
void ui_json_rect(struct os_buffer *json, const char *name, struct md_rect rect);

#endif
