/* Date: moments as the calendar has them, and as people read them (NSDate, NSCalendar,
 * NSDateFormatter).
 *
 * A moment is int64_t microseconds since 1970 UTC (os_clock_wall_us); a stored date is one too.
 * These functions read no clock: what is "now" is passed in.
 *
 *	char text[CS_DATE_TEXT];
 *	cs_date_format(note_changed_us, os_clock_wall_us(), CS_DATE_RELATIVE, NULL, text);
 *
 * CS_DATE_RELATIVE gives "today 14:05", "yesterday", "3 Nov", and "3 Nov 2021" for another year.
 * A NULL calendar is the machine's zone with the words of "en". Thread: any. */
#ifndef CS_DATE_H
#define CS_DATE_H

#include <cs/locale.h>

struct cs_date {
	int year, month, day; /* month and day from 1; Gregorian, also before 1582 */
	int hour, minute, second;
	int weekday; /* 0 is Sunday */
};

/* Zone and words. offset_s gives the seconds to add to UTC at that moment; NULL: UTC. */
struct cs_calendar {
	uint32_t struct_size;
	int32_t (*offset_s)(int64_t wall_us);
	const struct cs_locale *locale; /* NULL: "en" */
};

CS_PUBLIC extern const struct cs_calendar cs_calendar_utc;
CS_PUBLIC extern const struct cs_calendar cs_calendar_local; /* the machine's zone */

enum cs_date_style {
	CS_DATE_TIME,     /* 14:05 */
	CS_DATE_RELATIVE, /* today 14:05 · yesterday · 3 Nov · 3 Nov 2021 */
	CS_DATE_SHORT,    /* 3 Nov 2021 */
	CS_DATE_LONG,     /* Wednesday 3 November 2021 */
	CS_DATE_ISO,      /* 2021-11-03T14:05:00 */
};
#define CS_DATE_TEXT 64

CS_PUBLIC void cs_date_split(int64_t wall_us, const struct cs_calendar *calendar,
			     struct cs_date *ret_date);
/* The moment of a date in UTC; fields out of range carry over (month 13 is the next January). */
CS_PUBLIC int64_t cs_date_join_utc(const struct cs_date *date);
/* Whole days between the two moments' dates in that calendar; 1 if `later` is the next day. */
CS_PUBLIC int64_t cs_date_days_between(int64_t earlier_us, int64_t later_us,
				       const struct cs_calendar *calendar);
/* Fills text and returns it. */
CS_PUBLIC const char *cs_date_format(int64_t wall_us, int64_t now_us, enum cs_date_style style,
				     const struct cs_calendar *calendar, char text[CS_DATE_TEXT]);

#endif
