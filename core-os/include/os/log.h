/* Log: lines with a level, a category and a flow (os_log).
 *
 *	os_log_debug("store", "saved %zu objects", count);
 *
 * Layers log at debug only; programs decide what to say. A line goes to stderr, which in a running
 * device is the supervisor's log pipe, as one write of at most 1 KiB:
 *	"<L> TIME_US CATEGORY FLOW_HEX text\n"     L one of D I W E
 * The supervisor adds process and app, keeps the last lines, and `strata log` shows them.
 * On a terminal it is the text alone. Debug lines are not formatted unless the level asks for them.
 * Thread: any. */
#ifndef OS_LOG_H
#define OS_LOG_H

#include <os/base.h>

enum os_log_level { OS_LOG_DEBUG, OS_LOG_INFO, OS_LOG_WARNING, OS_LOG_ERROR };

OS_PUBLIC void os_log_set_level(enum os_log_level least);
OS_PUBLIC bool os_log_enabled(enum os_log_level level);
OS_PUBLIC void os_log_write(enum os_log_level level, const char *category, const char *format, ...)
	OS_PRINTF(3, 4);

#define os_log_debug(...) (os_log_enabled(OS_LOG_DEBUG) ? os_log_write(OS_LOG_DEBUG, __VA_ARGS__) : (void)0)
#define os_log_info(...) os_log_write(OS_LOG_INFO, __VA_ARGS__)
#define os_log_warning(...) os_log_write(OS_LOG_WARNING, __VA_ARGS__)
#define os_log_error(...) os_log_write(OS_LOG_ERROR, __VA_ARGS__)

#endif
