#include "view.h"

#include <linux/input-event-codes.h>
#include <stdio.h>

#include <os/key_input.h>

/* Numbers of X11's keysymdef.h, a list of facts. */
static const struct {
	uint32_t keysym, key;
	const char *text;
} s_keys[] = {
    {0xff08, KEY_BACKSPACE, ""}, {0xff09, KEY_TAB, "\t"},     {0xff0d, KEY_ENTER, "\n"},
    {0xff1b, KEY_ESC, ""},       {0xff50, KEY_HOME, ""},      {0xff51, KEY_LEFT, ""},
    {0xff52, KEY_UP, ""},        {0xff53, KEY_RIGHT, ""},     {0xff54, KEY_DOWN, ""},
    {0xff55, KEY_PAGEUP, ""},    {0xff56, KEY_PAGEDOWN, ""},  {0xff57, KEY_END, ""},
    {0xff8d, KEY_KPENTER, "\n"}, {0xffff, KEY_DELETE, ""},
};

static const struct {
	uint32_t keysym, modifier;
} s_modifiers[] = {
    {0xffe1, OS_KEY_SHIFT}, {0xffe2, OS_KEY_SHIFT}, {0xffe3, OS_KEY_CONTROL},
    {0xffe4, OS_KEY_CONTROL}, {0xffe9, OS_KEY_ALT}, {0xffea, OS_KEY_ALT},
    {0xffeb, OS_KEY_META}, {0xffec, OS_KEY_META}, {0xffe7, OS_KEY_META}, {0xffe8, OS_KEY_META},
};

static uint32_t key_of_letter(uint32_t letter)
{
	static const uint16_t s_letters[] = {
	    KEY_A, KEY_B, KEY_C, KEY_D, KEY_E, KEY_F, KEY_G, KEY_H, KEY_I, KEY_J, KEY_K, KEY_L, KEY_M,
	    KEY_N, KEY_O, KEY_P, KEY_Q, KEY_R, KEY_S, KEY_T, KEY_U, KEY_V, KEY_W, KEY_X, KEY_Y, KEY_Z};
	uint32_t small = letter | 0x20;
	return small >= 'a' && small <= 'z' ? s_letters[small - 'a'] : 0;
}

/* Latin-1 is itself; other characters are 0x01000000 and their number. */
static uint32_t character_of(uint32_t keysym)
{
	if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff)) {
		return keysym;
	}
	uint32_t number = keysym - 0x01000000;
	bool is_one = keysym >= 0x01000100 && keysym <= 0x0110ffff &&
		      !(number >= 0xd800 && number <= 0xdfff);
	return is_one ? number : 0;
}

static void put_utf8(uint32_t c, char ret_text[8])
{
	int at = 0;
	if (c < 0x80) {
		ret_text[at++] = (char)c;
	} else if (c < 0x800) {
		ret_text[at++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		ret_text[at++] = (char)(0xe0 | c >> 12);
		ret_text[at++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		ret_text[at++] = (char)(0xf0 | c >> 18);
		ret_text[at++] = (char)(0x80 | (c >> 12 & 0x3f));
		ret_text[at++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80) {
		ret_text[at++] = (char)(0x80 | (c & 0x3f));
	}
	ret_text[at] = '\0';
}

struct view_key view_key_of(uint32_t keysym)
{
	struct view_key key = {0};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_keys); i++) {
		if (s_keys[i].keysym == keysym) {
			key.key = s_keys[i].key;
			snprintf(key.text, sizeof(key.text), "%s", s_keys[i].text);
			return key;
		}
	}
	uint32_t character = character_of(keysym);
	if (character != 0) {
		put_utf8(character, key.text);
		key.key = character == ' ' ? KEY_SPACE : key_of_letter(character);
		/* A key without a name is still one that makes a text. */
		key.key = key.key == 0 ? KEY_UNKNOWN : key.key;
	}
	return key;
}

uint32_t view_modifier_of(uint32_t keysym)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_modifiers); i++) {
		if (s_modifiers[i].keysym == keysym) {
			return s_modifiers[i].modifier;
		}
	}
	return 0;
}
