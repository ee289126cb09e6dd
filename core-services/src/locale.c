#include <cs/locale.h>

#include <stdio.h>
#include <string.h>

static const struct cs_locale s_locales[] = {
    {
	.struct_size = sizeof(struct cs_locale),
	.language = "en",
	.decimal = '.',
	.group = ',',
	.months = {"January", "February", "March", "April", "May", "June", "July", "August",
		   "September", "October", "November", "December"},
	.short_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
			 "Nov", "Dec"},
	.weekdays = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	.today = "today",
	.yesterday = "yesterday",
	.byte_units = {"bytes", "KB", "MB", "GB", "TB"},
    },
};

const struct cs_locale *cs_locale_find(const char *language)
{
	size_t length = language == NULL ? 0 : strcspn(language, "_-.@");
	for (size_t i = 0; i < OS_ARRAY_LEN(s_locales); i++) {
		if (strlen(s_locales[i].language) == length &&
		    memcmp(s_locales[i].language, language, length) == 0) {
			return &s_locales[i];
		}
	}
	return &s_locales[0];
}

static size_t fits(int written, size_t size)
{
	return written < 0 ? 0 : OS_MIN((size_t)written, size - 1);
}

size_t cs_locale_format_int(const struct cs_locale *locale, int64_t number, char *text, size_t size)
{
	char digits[24], grouped[40];
	int count =
	    snprintf(digits, sizeof(digits), "%llu",
		     number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number);
	int length = 0;
	if (number < 0) {
		grouped[length++] = '-';
	}
	for (int i = 0; i < count; i++) {
		if (i > 0 && (count - i) % 3 == 0) {
			grouped[length++] = locale->group;
		}
		grouped[length++] = digits[i];
	}
	return fits(snprintf(text, size, "%.*s", length, grouped), size);
}

/* Powers of 1000, as storage is sold; one decimal below ten. */
size_t cs_locale_format_bytes(const struct cs_locale *locale, int64_t bytes, char *text,
			      size_t size)
{
	size_t unit = 0;
	double amount = (double)OS_MAX(bytes, 0);
	while (amount >= 999.5 && unit + 1 < OS_ARRAY_LEN(locale->byte_units)) {
		amount /= 1000;
		unit++;
	}
	int tenths = (int)(amount * 10 + 0.5);
	if (unit > 0 && tenths < 100 && tenths % 10 != 0) {
		return fits(snprintf(text, size, "%d%c%d %s", tenths / 10, locale->decimal,
				     tenths % 10, locale->byte_units[unit]),
			    size);
	}
	return fits(snprintf(text, size, "%d %s", (int)(amount + 0.5), locale->byte_units[unit]),
		    size);
}
