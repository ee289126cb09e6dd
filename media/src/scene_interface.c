/* The conversation of scenes, as const tables (md/scene_interface.h). Values in order, by name. */
#include <md/scene_interface.h>

#define SHELL "shell"
#define SETTINGS "settings"

static const struct os_message_type s_requests[] = {
    /* scene, role, root layer, wants `presented` */
    [MD_SCENE_CREATE] = {"create", "uuub"},
    [MD_SCENE_DESTROY] = {"destroy", "u"},
    /* arena, bytes wanted: the sender chooses the number */
    [MD_SCENE_ARENA] = {"arena", "uu"},
    [MD_SCENE_ARENA_BACK] = {"arena_back", "uh"},
    /* scene */
    [MD_SCENE_REQUEST_TICK] = {"request_tick", "u", .flags = OS_MESSAGE_QUIET},
    [MD_SCENE_BEGIN] = {"begin", "u", .flags = OS_MESSAGE_QUIET},
    [MD_SCENE_OPS] = {"ops", "y60000", .flags = OS_MESSAGE_QUIET},
    /* scene, serial, frame and T aimed at (0: the next one), configure serial acknowledged */
    [MD_SCENE_COMMIT] = {"commit", "uutxu", .flags = OS_MESSAGE_QUIET},
    /* scene, query serial, last part, bytes */
    [MD_SCENE_ANSWER] = {"answer", "uuby60000"},
    [MD_SCENE_INPUT] = {"input", "uy60000"},
    [MD_SCENE_ACK_INPUT] = {"ack_input", "uu"},
    [MD_SCENE_MOVING] = {"moving", "ub", .flags = OS_MESSAGE_COALESCES | OS_MESSAGE_QUIET},
    [MD_SCENE_DEFER_EDGES] = {"defer_edges", "ub", .flags = OS_MESSAGE_COALESCES},
    [MD_SCENE_SHELL_ATTACH] = {"shell_attach", "u", .needs = SHELL},
    /* scene, edge, depth */
    [MD_SCENE_SHELL_EDGE] = {"shell_edge", "uud", .needs = SHELL},
    /* scene, token */
    [MD_SCENE_SHELL_ACTIVATE] = {"shell_activate", "ut", .needs = SHELL},
    /* scene, top, left, bottom, right */
    [MD_SCENE_SHELL_SAFE_AREA] = {"shell_safe_area", "udddd", .needs = SHELL},
    [MD_SCENE_SHELL_SNAPSHOT] = {"shell_snapshot", "ut", .needs = SHELL},
    /* scene, frame */
    [MD_SCENE_TICK_DONE] = {"tick_done", "ut", .flags = OS_MESSAGE_QUIET},
    [MD_SCENE_ARENA_DROP] = {"arena_drop", "u"},
    [MD_SCENE_TOUCH_WATCH] = {"touch_watch", "ub", .needs = SETTINGS},
    /* scene, device's id ("": as the setting says), matrix */
    [MD_SCENE_CALIBRATE] = {"calibrate", "us128dddddd", .needs = SETTINGS},
    /* scene, fingers, µs */
    [MD_SCENE_SHELL_HOLD] = {"shell_hold", "uux", .needs = SHELL},
    /* scene, µs */
    [MD_SCENE_SHELL_REST] = {"shell_rest", "ux", .needs = SHELL},
    [MD_SCENE_KEEP_ON] = {"keep_on", "ub", .flags = OS_MESSAGE_COALESCES},
    [MD_SCENE_SHELL_ASK_POWER] = {"shell_ask_power", "u", .needs = SHELL},
};

static const struct os_message_type s_events[] = {
    /* scene, token */
    [MD_SCENE_CREATED] = {"created", "ut"},
    /* arena, descriptor or none, bytes; 0: the budget is spent */
    [MD_SCENE_ARENA_GIVEN] = {"arena_given", "uHu"},
    /* arena, offset: of buffers that may be written again */
    [MD_SCENE_RELEASED] = {"released", "a512(uu)", .flags = OS_MESSAGE_QUIET},
    /* scene, serial, width, height, scale, safe area: top, left, bottom, right, orientation, flags
	 * (enum md_configure_flags), text size, Hz, transition */
    [MD_SCENE_CONFIGURE] = {"configure", "uudddddddiuidu", .flags = OS_MESSAGE_COALESCES},
    /* scene, frame, T, L, period */
    [MD_SCENE_TICK] = {"tick", "utxxx", .flags = OS_MESSAGE_QUIET},
    /* scene, of each: time, finger, phase, x, y, radius, flow, in an edge zone */
    [MD_SCENE_TOUCHES] = {"touches", "ua128(xiudddtb)", .flags = OS_MESSAGE_QUIET},
    /* scene, time, key, modifiers, down, repeat, text */
    [MD_SCENE_KEY] = {"key", "uxuubbs32"},
    [MD_SCENE_FOCUS] = {"focus", "ub"},
    /* scene, commit's serial, frame, begin time used, time shown */
    [MD_SCENE_PRESENTED] = {"presented", "uutxx", .flags = OS_MESSAGE_QUIET},
    /* scene, layer, key, finished, when it had begun */
    [MD_SCENE_ANIMATION_DONE] = {"animation_done", "uus24bx", .flags = OS_MESSAGE_QUIET},
    /* scene, serial, bytes */
    [MD_SCENE_INPUT_EVENT] = {"input_event", "uuy60004"},
    /* scene, serial, enum md_query, argument */
    [MD_SCENE_QUERY] = {"query", "uuus1024"},
    /* shell's scene, token, app, pid, role */
    [MD_SCENE_SHELL_APPEARED] = {"shell_appeared", "uts128iu"},
    [MD_SCENE_SHELL_READY] = {"shell_ready", "ut"},
    [MD_SCENE_SHELL_WENT] = {"shell_went", "uts128"},
    /* shell's scene, edge, finger, x, y */
    [MD_SCENE_SHELL_EDGE_BEGAN] = {"shell_edge_began", "uuidd"},
    [MD_SCENE_SHELL_KEY] = {"shell_key", "uu"},
    /* scene, of each device: id, name, fingers, width, height in mm */
    [MD_SCENE_TOUCH_DEVICES] = {"touch_devices", "ua16(s128s128idd)"},
    [MD_SCENE_CALIBRATION_ENDED] = {"calibration_ended", "us128"},
    [MD_SCENE_SHELL_HELD] = {"shell_held", "u"},
    [MD_SCENE_SHELL_RESTED] = {"shell_rested", "u"},
    [MD_SCENE_SEEN] = {"seen", "ub", .flags = OS_MESSAGE_COALESCES},
    /* shell's scene, has a battery, its level, charging, knows its temperature, °C, slowed down */
    [MD_SCENE_SHELL_POWER] = {"shell_power", "ubdbbdb", .flags = OS_MESSAGE_COALESCES},
    /* scene, time, x, y, points to scroll right and down */
    [MD_SCENE_SCROLL] = {"scroll", "uxdddd"},
};

_Static_assert(OS_ARRAY_LEN(s_requests) == MD_SCENE_REQUESTS, "a request has no row");
_Static_assert(OS_ARRAY_LEN(s_events) == MD_SCENE_EVENTS, "an event has no row");

const struct os_interface md_scene_interface = {
    .struct_size = sizeof(struct os_interface),
    .name = "scene",
    .version = 1,
    .requests = s_requests,
    .events = s_events,
    .request_count = MD_SCENE_REQUESTS,
    .event_count = MD_SCENE_EVENTS,
};
