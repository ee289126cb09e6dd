/* JSON text of an app's: checked whole, and copied with its frames put where the screen has them.
 * Private. No values are made of it; that is core-services' work, and its reader's. */
#ifndef COMPOSITOR_JSON_TEXT_H
#define COMPOSITOR_JSON_TEXT_H

#include <md/affine.h>
#include <os/buffer.h>

/* Appends the one value in text; arrays of four numbers under "frame" become their bounds by
 * to_screen. -EBADMSG, and nothing is appended, if it is not one JSON value of at most 64 levels.
 * */
int json_copy(const char *text, size_t length, struct md_affine to_screen, struct os_buffer *out);
/* Appends a string in quotes. */
void json_add_string(struct os_buffer *out, const char *text);
void json_add_frame(struct os_buffer *out, struct md_rect frame);

#endif
