/* Base: the few words that every other header is written in.
 *
 * Every public function of Strata is marked with its layer's PUBLIC macro, since libraries are
 * built with hidden symbols: what is not marked does not exist outside its own layer.
 *
 *	OS_PUBLIC int os_thing_count(const struct os_thing *thing);
 *
 * Conventions of all headers: functions return 0 or a positive value, or a negative -Exxx
 * (os/status.h); lengths are points, times int64_t microseconds, outputs come last as ret_x and
 * are set on success only; `_create` and `_copy` give the caller a reference, anything else lends;
 * release accepts NULL and returns NULL. */
#ifndef OS_BASE_H
#define OS_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OS_PUBLIC __attribute__((visibility("default")))
#define OS_PRINTF(text_at, values_at) __attribute__((format(printf, text_at, values_at)))
#define OS_NORETURN __attribute__((noreturn))
#define OS_UNUSED __attribute__((unused))

#define OS_ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
/* Each argument is evaluated once. */
#define OS_MIN(a, b)                                                                               \
	__extension__({                                                                            \
		__typeof__(a) os_a_ = (a);                                                         \
		__typeof__(b) os_b_ = (b);                                                         \
		os_a_ < os_b_ ? os_a_ : os_b_;                                                     \
	})
#define OS_MAX(a, b)                                                                               \
	__extension__({                                                                            \
		__typeof__(a) os_c_ = (a);                                                         \
		__typeof__(b) os_d_ = (b);                                                         \
		os_c_ > os_d_ ? os_c_ : os_d_;                                                     \
	})
#define OS_CLAMP(v, lo, hi) OS_MIN(OS_MAX(v, lo), hi)

/* The struct of type `type` whose `member` lives at `ptr`. */
#define OS_CONTAINER_OF(ptr, type, member) ((type *)(void *)((char *)(ptr) - offsetof(type, member)))

/* Microseconds in the units people think in. */
#define OS_US_PER_MS INT64_C(1000)
#define OS_US_PER_S INT64_C(1000000)
#define OS_NEVER INT64_MAX

#endif
