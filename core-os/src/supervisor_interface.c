/* The tables of the conversation between each process and the supervisor. Meanings are told beside
 * the enums in os/supervisor.h; here is what each message carries, in order. */
#include <os/supervisor.h>

#include <os/message.h>

#include "message_private.h"

/* Needed by what only a person at the machine may do, and only the control socket gives. */
#define TOOL "tool"
#define SYSTEM "system"

/* app, name, bundle, container, module, entitlements, memory in bytes, flags,
 * hardware (kind, name, device, line, number, value, flags) */
#define LAUNCH_RECORD "s127s127s1023s1023s255s1023xua8(us31s31s31iiu)"

static const struct os_message_type s_requests[OS_SUPERVISOR_REQUESTS] = {
	[OS_SUPERVISOR_READY] = {"ready", ""},
	/* service → descriptor, connection */
	[OS_SUPERVISOR_INTRODUCE] = {"introduce", "s31", .reply = "ht"},
	[OS_SUPERVISOR_WATCH_APPS] = {"watch_apps", "", .needs = SYSTEM},
	/* app, url, fresh → pid */
	[OS_SUPERVISOR_LAUNCH] = {"launch", "s127s2048b", .reply = "i", .needs = SYSTEM},
	/* app, state */
	[OS_SUPERVISOR_SET_STATE] = {"set_state", "s127u", .reply = "", .needs = SYSTEM},
	/* app, kill → when it is gone */
	[OS_SUPERVISOR_QUIT] = {"quit", "s127b", .reply = "", .needs = SYSTEM},
	[OS_SUPERVISOR_PUBLISH] = {"publish", LAUNCH_RECORD, .reply = "", .needs = "bundles"},
	[OS_SUPERVISOR_UNPUBLISH] = {"unpublish", "s127", .reply = "", .needs = "bundles"},
	/* app */
	[OS_SUPERVISOR_CRASH_SEEN] = {"crash_seen", "s127", .needs = "shell"},
	/* → state, foreground app, options, clock held, stages (name, µs that it took,
	 * µs at its end since power-on or, without a board, since the start),
	 * processes (pid, role, app, state, private kB, launches) */
	[OS_SUPERVISOR_STATUS] = {"status", "", .needs = TOOL,
	                          .reply = "s16s127s1023ba16(s31xx)a256(is15s127s16xu)"},
	/* → when all its processes are gone but the supervisor and the keeper */
	[OS_SUPERVISOR_STOP] = {"stop", "", .reply = "", .needs = "system"},
	/* command, value, the app left out → status, sentence */
	[OS_SUPERVISOR_CLOCK] = {"clock", "uxs127", .reply = "is480", .needs = TOOL},
	/* → (wall µs, app or role, pid, sentence, report's path) */
	[OS_SUPERVISOR_CRASHES] = {"crashes", "", .reply = "a64(xs127is240s480)", .needs = TOOL},
	/* follow → lines sent before this answer */
	[OS_SUPERVISOR_LOG] = {"log", "b", .reply = "u", .needs = TOOL},
	/* index → how many there are, pid, role, app, ring; -ENOENT behind the last one */
	[OS_SUPERVISOR_RINGS] = {"rings", "u", .reply = "uis15s127H", .needs = TOOL},
	/* role or app, signal number → pid */
	[OS_SUPERVISOR_SIGNAL] = {"signal", "s127i", .reply = "i", .needs = TOOL},
	/* app */
	[OS_SUPERVISOR_MEMORY_WARNING] = {"memory_warning", "s127", .reply = "", .needs = TOOL},
	/* → (pid, role, app, what it is busy with) */
	[OS_SUPERVISOR_IDLE] = {"idle", "", .reply = "a64(is15s127s63)", .needs = TOOL},
	/* → status, sentence */
	[OS_SUPERVISOR_WAIT_BOOTED] = {"wait_booted", "", .reply = "is480", .needs = TOOL},
	/* digits → status, µs until the next try */
	[OS_SUPERVISOR_PASSCODE_CHECK] = {"passcode_check", "s31", .reply = "ix", .needs = "shell"},
	[OS_SUPERVISOR_PASSCODE_SET] = {"passcode_set", "s31", .reply = "ix", .needs = TOOL},
	/* name → status, kind, sentence, descriptor */
	[OS_SUPERVISOR_HARDWARE] = {"hardware", "s31", .reply = "ius480H"},
};

static const struct os_message_type s_events[OS_SUPERVISOR_EVENTS] = {
	/* client, role, app, entitlements, options, this connection;
	 * clock page, process page, trace ring, wake eventfd, crash record, container, bundle.
	 * Behind walls the last two are not sent: they are /data and /app, and a descriptor of a folder
	 * outside would be a way out. */
	[OS_SUPERVISOR_WELCOME] = {"welcome", "ts15s127s1023s1023tHHHHHHH"},
	/* descriptor, connection, then the peer: client, app, role, pid, entitlements */
	[OS_SUPERVISOR_INTRODUCED] = {"introduced", "htts127s15is1023"},
	[OS_SUPERVISOR_STATE] = {"state", "u"},
	/* milliseconds left */
	[OS_SUPERVISOR_TERMINATE] = {"terminate", "u"},
	[OS_SUPERVISOR_LOW_MEMORY] = {"low_memory", ""},
	[OS_SUPERVISOR_OPEN_URL] = {"open_url", "s2048"},
	/* app, state, pid, sentence about its end that nobody has seen yet, launches so far */
	[OS_SUPERVISOR_APP_CHANGED] = {"app_changed", "s127uis240u", .flags = OS_MESSAGE_COALESCES},
	/* held */
	[OS_SUPERVISOR_CLOCK_CHANGED] = {"clock_changed", "b"},
	/* wall µs, level, pid, role, app, category, flow, text */
	[OS_SUPERVISOR_LOG_LINE] = {"log_line", "xuis15s127s63ts1023", .flags = OS_MESSAGE_QUIET},
};

const struct os_interface os_supervisor_interface = {
	.struct_size = sizeof(struct os_interface),
	.name = "supervisor",
	.version = 1,
	.requests = s_requests,
	.request_count = OS_ARRAY_LEN(s_requests),
	.events = s_events,
	.event_count = OS_ARRAY_LEN(s_events),
};

const char *os_app_state_name(enum os_app_state state)
{
	static const char *const names[] = {
		[OS_APP_NOT_RUNNING] = "not running", [OS_APP_LAUNCHING] = "launching",
		[OS_APP_FOREGROUND] = "foreground",   [OS_APP_BACKGROUND] = "background",
		[OS_APP_SUSPENDED] = "suspended",
	};
	return (unsigned)state < OS_ARRAY_LEN(names) ? names[state] : "unknown";
}

/* --- Launch records ------------------------------------------------------------------------------ */

static void write_hardware(const struct os_hardware_entry *entry, struct os_message *message)
{
	os_message_write_u32(message, entry->kind);
	os_message_write_text(message, entry->name);
	os_message_write_text(message, entry->device);
	os_message_write_text(message, entry->line);
	os_message_write_i32(message, entry->number);
	os_message_write_i32(message, entry->value);
	os_message_write_u32(message, entry->flags);
}

static void read_hardware(struct os_message *message, struct os_hardware_entry *ret_entry)
{
	ret_entry->kind = os_message_read_u32(message);
	message_read_into(message, ret_entry->name, sizeof(ret_entry->name));
	message_read_into(message, ret_entry->device, sizeof(ret_entry->device));
	message_read_into(message, ret_entry->line, sizeof(ret_entry->line));
	ret_entry->number = os_message_read_i32(message);
	ret_entry->value = os_message_read_i32(message);
	ret_entry->flags = os_message_read_u32(message);
}

void os_launch_record_write(const struct os_launch_record *record, struct os_message *message)
{
	os_message_write_text(message, record->app);
	os_message_write_text(message, record->name);
	os_message_write_text(message, record->bundle);
	os_message_write_text(message, record->container);
	os_message_write_text(message, record->module);
	os_message_write_text(message, record->entitlements);
	os_message_write_i64(message, record->memory_bytes);
	os_message_write_u32(message, record->flags);
	os_message_write_count(message, record->hardware_count);
	for (uint32_t i = 0; i < record->hardware_count; i++) {
		write_hardware(&record->hardware[i], message);
	}
}

void os_launch_record_read(struct os_message *message, struct os_launch_record *ret_record)
{
	message_read_into(message, ret_record->app, sizeof(ret_record->app));
	message_read_into(message, ret_record->name, sizeof(ret_record->name));
	message_read_into(message, ret_record->bundle, sizeof(ret_record->bundle));
	message_read_into(message, ret_record->container, sizeof(ret_record->container));
	message_read_into(message, ret_record->module, sizeof(ret_record->module));
	message_read_into(message, ret_record->entitlements, sizeof(ret_record->entitlements));
	ret_record->memory_bytes = os_message_read_i64(message);
	ret_record->flags = os_message_read_u32(message);
	ret_record->hardware_count = os_message_read_count(message); /* the table bounds it */
	for (uint32_t i = 0; i < ret_record->hardware_count; i++) {
		read_hardware(message, &ret_record->hardware[i]);
	}
}
