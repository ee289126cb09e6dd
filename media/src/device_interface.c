/* What a tool may ask of the compositor, as const tables (md/device_interface.h). */
#include <md/device_interface.h>

static const struct os_message_type s_requests[] = {
    [MD_DEVICE_FEED] = {"feed", "a512(xiudd)", .reply = "t"},
    [MD_DEVICE_KEY] = {"key", "uubs32", .reply = ""},
    [MD_DEVICE_TYPE] = {"type", "s60000", .reply = ""},
    [MD_DEVICE_SCREENSHOT] = {"screenshot", "h", .reply = "uu"},
    [MD_DEVICE_TREE] = {"tree", "bh", .reply = ""},
    [MD_DEVICE_ACTION] = {"action", "s64s64", .reply = ""},
    [MD_DEVICE_SCROLL_TO] = {"scroll_to", "s64s512", .reply = ""},
    [MD_DEVICE_SETTLED] = {"settled", "", .reply = "bs512"},
    [MD_DEVICE_INFO] = {"info", "", .reply = "uuddits64"},
    [MD_DEVICE_SET_ORIENTATION] = {"set_orientation", "i", .reply = ""},
    [MD_DEVICE_FRAMES] = {"frames", "b", .reply = ""},
    [MD_DEVICE_HIT] = {"hit", "dd", .reply = "s64"},
    [MD_DEVICE_POWER] = {"power", "", .reply = "s16dbbdbbdb"},
    [MD_DEVICE_SET_BATTERY] = {"set_battery", "db", .reply = ""},
    [MD_DEVICE_PAUSE_INPUT] = {"pause_input", "b", .reply = ""},
    [MD_DEVICE_SCREENSHOT_SHOWN] = {"screenshot_shown", "h", .reply = "uu"},
    [MD_DEVICE_DISPLAY] = {"display", "", .reply = "s1200"},
    [MD_DEVICE_VIEW] = {"view", "", .reply = "huuid"},
    [MD_DEVICE_VIEW_NEXT] = {"view_next", "", .reply = "ba64(iiii)"},
    [MD_DEVICE_INPUTS] = {"inputs", "", .reply = "bbs128a16(s128s128idddb)"},
};

static const struct os_message_type s_events[] = {
    [MD_DEVICE_FRAME] = {"frame", "txa256(uutdddd)", .flags = OS_MESSAGE_QUIET},
};

_Static_assert(OS_ARRAY_LEN(s_requests) == MD_DEVICE_REQUESTS, "a request has no row");
_Static_assert(OS_ARRAY_LEN(s_events) == MD_DEVICE_EVENTS, "an event has no row");

const struct os_interface md_device_interface = {
    .struct_size = sizeof(struct os_interface),
    .name = "device",
    .version = 1,
    .requests = s_requests,
    .events = s_events,
    .request_count = MD_DEVICE_REQUESTS,
    .event_count = MD_DEVICE_EVENTS,
};
