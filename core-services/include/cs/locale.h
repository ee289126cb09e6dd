/* Locale: the words and signs of a language (NSLocale).
 *
 *	const struct cs_locale *locale = cs_locale_find("en");
 *	char text[32];
 *	cs_locale_format_bytes(locale, 12345, text, sizeof(text));       "12 KB"
 *
 * A locale is a const table; there is "en", and every other name gives it until its table is added
 * to locale.c. Thread: any. */
#ifndef CS_LOCALE_H
#define CS_LOCALE_H

#include <cs/base.h>

struct cs_locale {
	uint32_t struct_size;
	const char *language; /* "en" */
	bool right_to_left;
	char decimal, group;          /* '.' and ',' */
	const char *months[12];       /* "January" */
	const char *short_months[12]; /* "Jan" */
	const char *weekdays[7];      /* "Sunday" first */
	const char *today, *yesterday;
	const char *byte_units[5]; /* "bytes", "KB", … */
};

/* Never NULL. Takes "en", "en_GB", "en-GB.UTF-8". */
CS_PUBLIC const struct cs_locale *cs_locale_find(const char *language);

/* All of these fill text, always NUL-terminated, and return its length. */
CS_PUBLIC size_t cs_locale_format_int(const struct cs_locale *locale, int64_t number, char *text,
				      size_t size);
CS_PUBLIC size_t cs_locale_format_bytes(const struct cs_locale *locale, int64_t bytes, char *text,
					size_t size);

#endif
