/* The tables of the conversation with strata-services. Meanings are told beside the enums; here is
 * what each message carries, in order. */
#include <cs/services_interface.h>

#define APP "s127"
#define DOMAIN "s127"
#define KEY "s64"
#define JSON "s4096"
#define RESOURCE "s32"
#define OUTCOME "is480" /* status, sentence */
#define SYSTEM "system"

static const struct os_message_type s_requests[CS_SERVICES_REQUESTS] = {
    [CS_SERVICES_SETTINGS_GET] = {"settings_get", DOMAIN KEY, .reply = "b" JSON "t"},
    [CS_SERVICES_SETTINGS_SET] = {"settings_set", DOMAIN KEY JSON "x", .reply = OUTCOME "t"},
    [CS_SERVICES_SETTINGS_WATCH] = {"settings_watch", DOMAIN "t", .reply = OUTCOME "t"},
    /* → total, (app, name, version, of the system, lines of the board) */
    [CS_SERVICES_APPS] = {"apps", "u", .reply = "ua32(" APP "s127s31bs1023)", .needs = SYSTEM},
    [CS_SERVICES_WATCH_APPS] = {"watch_apps", "", .reply = "", .needs = SYSTEM},
    [CS_SERVICES_APP_ICON] = {"app_icon", APP, .reply = "h", .needs = SYSTEM},
    [CS_SERVICES_INSTALL] = {"install", "h", .reply = OUTCOME APP "s127s31", .needs = "tool"},
    [CS_SERVICES_UNINSTALL] = {"uninstall", APP "b", .reply = OUTCOME, .needs = SYSTEM},
    [CS_SERVICES_STORAGE] = {"storage", APP, .reply = OUTCOME "xxs1023", .needs = SYSTEM},
    [CS_SERVICES_ERASE] = {"erase", APP, .reply = OUTCOME, .needs = SYSTEM},
    [CS_SERVICES_PERMISSION_GET] = {"permission_get", APP RESOURCE, .reply = "u"},
    [CS_SERVICES_PERMISSION_SET] = {"permission_set", APP RESOURCE "u", .reply = OUTCOME},
    [CS_SERVICES_PERMISSION_LIST] = {"permission_list", APP, .reply = "a32(" RESOURCE "u)"},
    [CS_SERVICES_PERMISSION_WATCH] = {"permission_watch", "", .reply = ""},
    [CS_SERVICES_WATCH_NOTICES] = {"watch_notices", "", .reply = "", .needs = "shell"},
    [CS_SERVICES_NOTICE_SEEN] = {"notice_seen", "u", .needs = "shell"},
};

static const struct os_message_type s_events[CS_SERVICES_EVENTS] = {
    /* The first value is the key by which a later state replaces an earlier one that waits. */
    [CS_SERVICES_SETTING] = {"setting", "s192" JSON "t", .flags = OS_MESSAGE_COALESCES},
    [CS_SERVICES_APPS_CHANGED] = {"apps_changed", "u", .flags = OS_MESSAGE_COALESCES},
    [CS_SERVICES_PERMISSION] = {"permission", RESOURCE "u", .flags = OS_MESSAGE_COALESCES},
    [CS_SERVICES_NOTICE] = {"notice", "us480"},
};

const struct os_interface cs_services_interface = {
    .struct_size = sizeof(struct os_interface),
    .name = "services",
    .version = 1,
    .requests = s_requests,
    .request_count = CS_SERVICES_REQUESTS,
    .events = s_events,
    .event_count = CS_SERVICES_EVENTS,
};
