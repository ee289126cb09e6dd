#include "key_names.h"

#include <ctype.h>
#include <errno.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include <os/key_input.h>

static const struct {
	const char *name;
	uint32_t key;
} s_keys[] = {
    {"home", KEY_HOMEPAGE},
    {"lock", KEY_POWER},
    {"back", KEY_BACK},
    {"return", KEY_ENTER},
    {"enter", KEY_ENTER},
    {"escape", KEY_ESC},
    {"tab", KEY_TAB},
    {"space", KEY_SPACE},
    {"backspace", KEY_BACKSPACE},
    {"delete", KEY_DELETE},
    {"left", KEY_LEFT},
    {"right", KEY_RIGHT},
    {"up", KEY_UP},
    {"down", KEY_DOWN},
    {"line-start", KEY_HOME},
    {"line-end", KEY_END},
    {"page-up", KEY_PAGEUP},
    {"page-down", KEY_PAGEDOWN},
    {"volume-up", KEY_VOLUMEUP},
    {"volume-down", KEY_VOLUMEDOWN},
    {"mute", KEY_MUTE},
};

static const struct {
	const char *name;
	uint32_t modifier;
} s_modifiers[] = {
    {"shift+", OS_KEY_SHIFT},
    {"ctrl+", OS_KEY_CONTROL},
    {"alt+", OS_KEY_ALT},
    {"meta+", OS_KEY_META},
};

/* Linux numbers letters and digits by their place on the keyboard. */
static const uint32_t s_letters[26] = {
    KEY_A, KEY_B, KEY_C, KEY_D, KEY_E, KEY_F, KEY_G, KEY_H, KEY_I, KEY_J, KEY_K, KEY_L, KEY_M,
    KEY_N, KEY_O, KEY_P, KEY_Q, KEY_R, KEY_S, KEY_T, KEY_U, KEY_V, KEY_W, KEY_X, KEY_Y, KEY_Z,
};

static const struct {
	char character;
	uint32_t key;
	bool shift;
} s_signs[] = {
    {'-', KEY_MINUS, false},      {'=', KEY_EQUAL, false},      {'[', KEY_LEFTBRACE, false},
    {']', KEY_RIGHTBRACE, false}, {';', KEY_SEMICOLON, false},  {'\'', KEY_APOSTROPHE, false},
    {'`', KEY_GRAVE, false},      {'\\', KEY_BACKSLASH, false}, {',', KEY_COMMA, false},
    {'.', KEY_DOT, false},        {'/', KEY_SLASH, false},      {'+', KEY_EQUAL, true},
    {'?', KEY_SLASH, true},
};

static bool take_modifier(const char **name, uint32_t *modifiers)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_modifiers); i++) {
		size_t length = strlen(s_modifiers[i].name);
		if (strncmp(*name, s_modifiers[i].name, length) == 0 && (*name)[length]) {
			*modifiers |= s_modifiers[i].modifier;
			*name += length;
			return true;
		}
	}
	return false;
}

static bool find_character(char character, struct key_stroke *stroke)
{
	if (isalpha((unsigned char)character)) {
		stroke->key = s_letters[tolower((unsigned char)character) - 'a'];
		stroke->modifiers |= isupper((unsigned char)character) ? (uint32_t)OS_KEY_SHIFT : 0;
		return true;
	}
	if (isdigit((unsigned char)character)) {
		stroke->key = character == '0' ? KEY_0 : (uint32_t)(KEY_1 + character - '1');
		return true;
	}
	for (size_t i = 0; i < OS_ARRAY_LEN(s_signs); i++) {
		if (s_signs[i].character == character) {
			stroke->key = s_signs[i].key;
			stroke->modifiers |= s_signs[i].shift ? (uint32_t)OS_KEY_SHIFT : 0;
			return true;
		}
	}
	return false;
}

static bool find_named(const char *name, struct key_stroke *stroke)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_keys); i++) {
		if (strcmp(s_keys[i].name, name) == 0) {
			stroke->key = s_keys[i].key;
			return true;
		}
	}
	return false;
}

int key_stroke_parse(const char *name, struct key_stroke *ret_stroke, struct os_error *ret_error)
{
	struct key_stroke stroke = {0};
	const char *rest = name;
	while (take_modifier(&rest, &stroke.modifiers)) {
	}
	if (rest[0] && !rest[1] && find_character(rest[0], &stroke)) {
		bool commands = stroke.modifiers & (OS_KEY_CONTROL | OS_KEY_ALT | OS_KEY_META);
		if (!commands) {
			bool shift = stroke.modifiers & OS_KEY_SHIFT;
			stroke.text[0] = (char)(shift ? toupper((unsigned char)rest[0]) : rest[0]);
		}
	} else if (find_named(rest, &stroke)) {
		bool is_space =
		    stroke.key == KEY_SPACE && !(stroke.modifiers & ~(uint32_t)OS_KEY_SHIFT);
		snprintf(stroke.text, sizeof(stroke.text), "%s", is_space ? " " : "");
	} else {
		return os_error_set(
		    ret_error, -EINVAL,
		    "there is no key %.40s: home lock back return escape tab space backspace "
		    "delete left right up down line-start line-end page-up page-down, a "
		    "character, each after shift+ ctrl+ alt+ meta+",
		    name);
	}
	*ret_stroke = stroke;
	return 0;
}
