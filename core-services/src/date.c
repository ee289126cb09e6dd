#include <cs/date.h>

#include <stdio.h>
#include <time.h>

static int32_t local_offset_s(int64_t wall_us)
{
	time_t seconds = (time_t)(wall_us / OS_US_PER_S);
	struct tm local;
	return localtime_r(&seconds, &local) == NULL ? 0 : (int32_t)local.tm_gmtoff;
}

const struct cs_calendar cs_calendar_utc = {.struct_size = sizeof(struct cs_calendar)};
const struct cs_calendar cs_calendar_local = {
    .struct_size = sizeof(struct cs_calendar),
    .offset_s = local_offset_s,
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days since 1970-01-01 of a Gregorian date, and back: Howard Hinnant, "chrono-compatible
 * low-level date algorithms" (public domain); years begin in March so that leap days come last. */
static int64_t days_from_date(int64_t year, int month, int day)
{
	year -= month <= 2;
	int64_t era = floor_div(year, 400);
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static void date_from_days(int64_t days, struct cs_date *date)
{
	days += 719468;
	int64_t era = floor_div(days, 146097);
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
	    day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;
	date->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	date->month = (int)(month + (month < 10 ? 3 : -9));
	date->year = (int)(year_of_era + era * 400 + (date->month <= 2));
}

static int64_t local_seconds(int64_t wall_us, const struct cs_calendar *calendar)
{
	if (calendar == NULL) {
		calendar = &cs_calendar_local;
	}
	int32_t offset = calendar->offset_s == NULL ? 0 : calendar->offset_s(wall_us);
	return floor_div(wall_us, OS_US_PER_S) + offset;
}

void cs_date_split(int64_t wall_us, const struct cs_calendar *calendar, struct cs_date *ret_date)
{
	int64_t seconds = local_seconds(wall_us, calendar);
	int64_t days = floor_div(seconds, 86400);
	int rest = (int)(seconds - days * 86400);
	date_from_days(days, ret_date);
	ret_date->hour = rest / 3600;
	ret_date->minute = rest / 60 % 60;
	ret_date->second = rest % 60;
	ret_date->weekday = (int)(((days + 4) % 7 + 7) % 7); /* 1970 began on a Thursday */
}

int64_t cs_date_join_utc(const struct cs_date *date)
{
	int64_t months = (int64_t)date->year * 12 + date->month - 1;
	int64_t year = floor_div(months, 12);
	int64_t days = days_from_date(year, (int)(months - year * 12) + 1, 1) + date->day - 1;
	int64_t seconds = days * 86400 + date->hour * 3600 + date->minute * 60 + date->second;
	return seconds * OS_US_PER_S;
}

int64_t cs_date_days_between(int64_t earlier_us, int64_t later_us,
			     const struct cs_calendar *calendar)
{
	return floor_div(local_seconds(later_us, calendar), 86400) -
	       floor_div(local_seconds(earlier_us, calendar), 86400);
}

static void format_short(const struct cs_date *date, const struct cs_locale *locale, bool year,
			 char text[CS_DATE_TEXT])
{
	const char *month = locale->short_months[date->month - 1];
	if (year) {
		snprintf(text, CS_DATE_TEXT, "%d %s %d", date->day, month, date->year);
	} else {
		snprintf(text, CS_DATE_TEXT, "%d %s", date->day, month);
	}
}

static void format_relative(int64_t wall_us, int64_t now_us, const struct cs_calendar *calendar,
			    const struct cs_locale *locale, char text[CS_DATE_TEXT])
{
	struct cs_date date, now;
	cs_date_split(wall_us, calendar, &date);
	cs_date_split(now_us, calendar, &now);
	int64_t days = cs_date_days_between(wall_us, now_us, calendar);
	if (days == 0) {
		snprintf(text, CS_DATE_TEXT, "%s %02d:%02d", locale->today, date.hour, date.minute);
	} else if (days == 1) {
		snprintf(text, CS_DATE_TEXT, "%s", locale->yesterday);
	} else {
		format_short(&date, locale, date.year != now.year, text);
	}
}

const char *cs_date_format(int64_t wall_us, int64_t now_us, enum cs_date_style style,
			   const struct cs_calendar *calendar, char text[CS_DATE_TEXT])
{
	const struct cs_locale *locale =
	    calendar == NULL || calendar->locale == NULL ? cs_locale_find("en") : calendar->locale;
	struct cs_date date;
	cs_date_split(wall_us, calendar, &date);
	switch (style) {
	case CS_DATE_TIME:
		snprintf(text, CS_DATE_TEXT, "%02d:%02d", date.hour, date.minute);
		break;
	case CS_DATE_RELATIVE:
		format_relative(wall_us, now_us, calendar, locale, text);
		break;
	case CS_DATE_SHORT:
		format_short(&date, locale, true, text);
		break;
	case CS_DATE_LONG:
		snprintf(text, CS_DATE_TEXT, "%s %d %s %d", locale->weekdays[date.weekday],
			 date.day, locale->months[date.month - 1], date.year);
		break;
	case CS_DATE_ISO:
		snprintf(text, CS_DATE_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d", date.year, date.month,
			 date.day, date.hour, date.minute, date.second);
		break;
	}
	return text;
}
