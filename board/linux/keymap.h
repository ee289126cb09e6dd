/* Keymap: a layout of xkb's, and the text that keys make in it, with dead keys. Private.
 *
 * Of several layouts the first is used; Super and Space goes to the next (grp:win_space_toggle). */
#ifndef LINUX_KEYMAP_H
#define LINUX_KEYMAP_H

#include <stdbool.h>
#include <stdint.h>

struct keymap;

#define KEYMAP_TEXT 32

/* -EINVAL: xkb knows no such layout, or the text is none. */
int keymap_create(const char *layout, struct keymap **ret_keymap);
struct keymap *keymap_destroy(struct keymap *keymap); /* returns NULL */
/* What KEY_… makes now, before it is pressed. is_repeat: dead keys are left out of it. */
void keymap_text(struct keymap *keymap, uint32_t key, bool is_repeat, char ret_text[KEYMAP_TEXT]);
void keymap_press(struct keymap *keymap, uint32_t key, bool down);
uint32_t keymap_modifiers(const struct keymap *keymap); /* enum os_key_modifiers */
bool keymap_repeats(const struct keymap *keymap, uint32_t key);
void keymap_lights(const struct keymap *keymap, bool *ret_caps, bool *ret_num, bool *ret_scroll);

#endif
