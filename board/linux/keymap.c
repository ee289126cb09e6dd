#include "keymap.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <xkbcommon/xkbcommon-compose.h>
#include <xkbcommon/xkbcommon.h>

#include <os/key_input.h>
#include <os/log.h>
#include <os/memory.h>

#include "layout_text.h"

#define EVDEV_TO_XKB 8 /* xkb's key codes begin at 8 */
/* Its compose file holds the dead keys of all Latin, Greek and Cyrillic layouts. */
#define COMPOSE_LOCALE "en_US.UTF-8"

struct keymap {
	struct xkb_context *context;
	struct xkb_keymap *keymap;
	struct xkb_state *state;
	struct xkb_compose_state *compose; /* NULL: no compose file, dead keys make nothing */
};

/* --- Life cycle ------------------------------------------------------------------------------- */

static void heard_log(struct xkb_context *context, enum xkb_log_level level, const char *format,
		      va_list list)
{
	char text[300];
	vsnprintf(text, sizeof(text), format, list);
	text[strcspn(text, "\n")] = '\0';
	os_log_debug("board", "xkb: %s", text);
}

static void open_compose(struct keymap *keymap)
{
	struct xkb_compose_table *table = xkb_compose_table_new_from_locale(
	    keymap->context, COMPOSE_LOCALE, XKB_COMPOSE_COMPILE_NO_FLAGS);
	if (table != NULL) {
		keymap->compose = xkb_compose_state_new(table, XKB_COMPOSE_STATE_NO_FLAGS);
		xkb_compose_table_unref(table);
	}
}

int keymap_create(const char *layout, struct keymap **ret_keymap)
{
	struct layout_names names;
	if (layout_text_parse(layout, &names) < 0) {
		return -EINVAL;
	}
	struct keymap *keymap = os_alloc(sizeof(*keymap));
	keymap->context = xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES);
	if (keymap->context == NULL) {
		keymap_destroy(keymap);
		return -ENOMEM;
	}
	xkb_context_set_log_fn(keymap->context, heard_log);
	const struct xkb_rule_names rules = {.rules = "evdev",
					     .model = "pc105",
					     .layout = names.layouts,
					     .variant = names.variants,
					     .options = "grp:win_space_toggle"};
	keymap->keymap =
	    xkb_keymap_new_from_names(keymap->context, &rules, XKB_KEYMAP_COMPILE_NO_FLAGS);
	keymap->state = keymap->keymap == NULL ? NULL : xkb_state_new(keymap->keymap);
	if (keymap->state == NULL) {
		keymap_destroy(keymap);
		return -EINVAL;
	}
	open_compose(keymap);
	*ret_keymap = keymap;
	return 0;
}

struct keymap *keymap_destroy(struct keymap *keymap)
{
	if (keymap != NULL) {
		xkb_compose_state_unref(keymap->compose);
		xkb_state_unref(keymap->state);
		xkb_keymap_unref(keymap->keymap);
		xkb_context_unref(keymap->context);
		os_free(keymap);
	}
	return NULL;
}

/* --- Text ------------------------------------------------------------------------------------- */

/* With dead keys: false if the key made nothing by itself, or a part of something. */
static bool composed(struct keymap *keymap, xkb_keysym_t symbol, char text[KEYMAP_TEXT])
{
	if (keymap->compose == NULL ||
	    xkb_compose_state_feed(keymap->compose, symbol) != XKB_COMPOSE_FEED_ACCEPTED) {
		return true;
	}
	int length = 0;
	switch (xkb_compose_state_get_status(keymap->compose)) {
	case XKB_COMPOSE_COMPOSING:
		text[0] = '\0';
		return false;
	case XKB_COMPOSE_COMPOSED:
		length = xkb_compose_state_get_utf8(keymap->compose, text, KEYMAP_TEXT);
		xkb_compose_state_reset(keymap->compose);
		text[0] = length <= 0 || length >= KEYMAP_TEXT ? '\0' : text[0];
		return false;
	case XKB_COMPOSE_CANCELLED: /* accent and a letter that takes none: the letter alone */
		xkb_compose_state_reset(keymap->compose);
		return true;
	case XKB_COMPOSE_NOTHING:
		return true;
	}
	return true;
}

void keymap_text(struct keymap *keymap, uint32_t key, bool is_repeat, char ret_text[KEYMAP_TEXT])
{
	uint32_t commands = OS_KEY_CONTROL | OS_KEY_ALT | OS_KEY_META;
	memset(ret_text, 0, KEYMAP_TEXT);
	if ((keymap_modifiers(keymap) & commands) != 0) {
		return;
	}
	xkb_keysym_t symbol = xkb_state_key_get_one_sym(keymap->state, key + EVDEV_TO_XKB);
	if (!is_repeat && !composed(keymap, symbol, ret_text)) {
		return;
	}
	int length = xkb_state_key_get_utf8(keymap->state, key + EVDEV_TO_XKB, ret_text, KEYMAP_TEXT);
	unsigned char first = (unsigned char)ret_text[0];
	if (length >= KEYMAP_TEXT || first < 0x20 || first == 0x7f) {
		memset(ret_text, 0, KEYMAP_TEXT); /* Enter, Tab, Backspace: the key says it */
	}
}

/* --- State ------------------------------------------------------------------------------------ */

void keymap_press(struct keymap *keymap, uint32_t key, bool down)
{
	xkb_state_update_key(keymap->state, key + EVDEV_TO_XKB, down ? XKB_KEY_DOWN : XKB_KEY_UP);
}

static bool is_active(const struct keymap *keymap, const char *name)
{
	return xkb_state_mod_name_is_active(keymap->state, name, XKB_STATE_MODS_EFFECTIVE) > 0;
}

uint32_t keymap_modifiers(const struct keymap *keymap)
{
	return (is_active(keymap, XKB_MOD_NAME_SHIFT) ? OS_KEY_SHIFT : 0u) |
	       (is_active(keymap, XKB_MOD_NAME_CTRL) ? OS_KEY_CONTROL : 0u) |
	       (is_active(keymap, XKB_MOD_NAME_ALT) ? OS_KEY_ALT : 0u) |
	       (is_active(keymap, XKB_MOD_NAME_LOGO) ? OS_KEY_META : 0u);
}

bool keymap_repeats(const struct keymap *keymap, uint32_t key)
{
	return xkb_keymap_key_repeats(keymap->keymap, key + EVDEV_TO_XKB) > 0;
}

void keymap_lights(const struct keymap *keymap, bool *ret_caps, bool *ret_num, bool *ret_scroll)
{
	*ret_caps = xkb_state_led_name_is_active(keymap->state, XKB_LED_NAME_CAPS) > 0;
	*ret_num = xkb_state_led_name_is_active(keymap->state, XKB_LED_NAME_NUM) > 0;
	*ret_scroll = xkb_state_led_name_is_active(keymap->state, XKB_LED_NAME_SCROLL) > 0;
}
