#include <cs/settings.h>

#include <os/list.h>
#include <os/map.h>
#include <os/memory.h>

#include <errno.h>
#include <string.h>

/* One domain as far as it is known here. */
struct copy {
	struct cs_settings *settings;
	const char *domain;    /* as it is asked for: "" or "device" */
	struct os_map *values; /* struct known by key */
	uint64_t revision;     /* all up to here is known */
	bool ready;
};

struct known {
	struct cs_value *value; /* NULL: removed */
	uint64_t revision;
};

struct cs_settings {
	struct cs_services *services;
	struct copy own, device;
	struct cs_value *defaults;     /* an app's own */
	struct os_map *table_defaults; /* struct cs_value by key of the device's table */
	struct os_signal changed;
	struct os_listener connected, event;
	struct os_list sets; /* sent, not answered */
	bool told_ready;
};

struct set {
	struct os_list link; /* cs_settings.sets */
	cs_settings_fn fn;   /* NULL: nobody wants to know, or any more */
	void *context;
};

/* --- Keeping up -------------------------------------------------------------------------------- */

static void forget_values(struct copy *copy)
{
	struct os_map_cursor cursor = {0};
	while (os_map_next(copy->values, &cursor)) {
		struct known *known = cursor.value;
		os_release(known->value);
		os_free(known);
	}
	copy->values = os_map_destroy(copy->values);
}

static void take(struct copy *copy, const char *key, const char *text, uint64_t revision)
{
	struct cs_value *value = NULL;
	if (text[0] != '\0' && cs_value_parse(text, strlen(text), key, &value, NULL) < 0) {
		return;
	}
	struct known *known = os_map_get(copy->values, key);
	if (known == NULL) {
		known = os_alloc(sizeof(*known));
		os_map_set(copy->values, key, known);
	}
	bool same = known->revision != 0 && cs_value_equal(known->value, value);
	os_release(known->value);
	known->value = value;
	known->revision = revision;
	copy->revision = OS_MAX(copy->revision, revision);
	if (copy->settings->told_ready && !same) {
		os_signal_emit(&copy->settings->changed, (void *)key);
	}
}

static void setting_came(void *context, void *data)
{
	struct cs_settings *settings = context;
	struct os_message *message = data;
	const char *name = os_message_read_text(message), *text = os_message_read_text(message);
	uint64_t revision = os_message_read_u64(message);
	const char *slash = strchr(name, '/');
	if (slash == NULL) {
		return;
	}
	bool device = strncmp(name, CS_DOMAIN_DEVICE "/", sizeof(CS_DOMAIN_DEVICE)) == 0;
	take(device ? &settings->device : &settings->own, slash + 1, text, revision);
}

static void did_watch(void *context, int status, struct os_message *reply)
{
	struct copy *copy = context;
	struct cs_settings *settings = copy->settings;
	if (reply == NULL) {
		return; /* the line went down: asked again when it is back */
	}
	int32_t outcome = os_message_read_i32(reply);
	os_message_read_text(reply);
	uint64_t revision = os_message_read_u64(reply);
	copy->revision = outcome < 0 ? copy->revision : OS_MAX(copy->revision, revision);
	copy->ready =
	    true; /* a process without an own domain is refused that one, and done with it */
	if (settings->own.ready && settings->device.ready && !settings->told_ready) {
		settings->told_ready = true;
		os_signal_emit(&settings->changed, NULL);
	}
}

static void watch(struct copy *copy)
{
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_SETTINGS_WATCH);
	os_message_write_text(&message, copy->domain);
	os_message_write_u64(&message, copy->revision);
	cs_services_call(copy->settings->services, &message, did_watch, copy);
}

static void line_is_up(void *context, void *data)
{
	struct cs_settings *settings = context;
	watch(&settings->own);
	watch(&settings->device);
}

/* --- Life cycle -------------------------------------------------------------------------------- */

static void make_table_defaults(struct cs_settings *settings)
{
	settings->table_defaults = os_map_create(OS_MAP_STRINGS);
	const struct cs_setting *setting;
	for (size_t i = 0; (setting = cs_setting_at(i)) != NULL; i++) {
		struct cs_value *value = NULL;
		cs_setting_parse(setting->key, setting->otherwise, &value, NULL);
		os_map_set(settings->table_defaults, setting->key, value);
	}
}

struct cs_settings *cs_settings_create(struct cs_services *services)
{
	struct cs_settings *settings = os_alloc(sizeof(*settings));
	settings->services = services;
	settings->own = (struct copy){settings, CS_DOMAIN_OWN, os_map_create(OS_MAP_STRINGS)};
	settings->device = (struct copy){settings, CS_DOMAIN_DEVICE, os_map_create(OS_MAP_STRINGS)};
	os_signal_init(&settings->changed);
	os_list_init(&settings->sets);
	make_table_defaults(settings);
	os_signal_connect(cs_services_connected(services), &settings->connected, line_is_up,
			  settings);
	os_signal_connect(cs_services_event(services, CS_SERVICES_SETTING), &settings->event,
			  setting_came, settings);
	if (cs_services_is_connected(services)) {
		line_is_up(settings, NULL);
	}
	return settings;
}

struct cs_settings *cs_settings_destroy(struct cs_settings *settings)
{
	if (settings == NULL) {
		return NULL;
	}
	cs_services_forget(settings->services, &settings->own);
	cs_services_forget(settings->services, &settings->device);
	struct set *set, *after;
	os_list_for_each_safe(set, after, &settings->sets, link) {
		os_list_remove(&set->link);
		set->fn = NULL; /* it is freed with its answer */
	}
	os_listener_disconnect(&settings->connected);
	os_listener_disconnect(&settings->event);
	os_signal_finish(&settings->changed);
	forget_values(&settings->own);
	forget_values(&settings->device);
	struct os_map_cursor cursor = {0};
	while (os_map_next(settings->table_defaults, &cursor)) {
		os_release(cursor.value);
	}
	os_map_destroy(settings->table_defaults);
	os_release(settings->defaults);
	os_free(settings);
	return NULL;
}

bool cs_settings_is_ready(const struct cs_settings *settings)
{
	return settings->told_ready;
}

struct os_signal *cs_settings_changed(struct cs_settings *settings)
{
	return &settings->changed;
}

/* --- Reading ----------------------------------------------------------------------------------- */

static struct cs_value *value_in(const struct copy *copy, const char *key)
{
	const struct known *known = os_map_get(copy->values, key);
	return known == NULL ? NULL : known->value;
}

struct cs_value *cs_settings_get(const struct cs_settings *settings, const char *key)
{
	struct cs_value *value = value_in(&settings->own, key);
	value = value != NULL ? value : value_in(&settings->device, key);
	value = value != NULL ? value : cs_value_get(settings->defaults, key);
	return value != NULL ? value : os_map_get(settings->table_defaults, key);
}

const char *cs_settings_text(const struct cs_settings *settings, const char *key)
{
	const char *text = cs_value_string(cs_settings_get(settings, key));
	return text == NULL ? "" : text;
}

int64_t cs_settings_int(const struct cs_settings *settings, const char *key)
{
	return cs_value_int(cs_settings_get(settings, key), 0);
}

bool cs_settings_bool(const struct cs_settings *settings, const char *key)
{
	return cs_value_bool(cs_settings_get(settings, key), false);
}

void cs_settings_set_defaults(struct cs_settings *settings, struct cs_value *defaults)
{
	os_assign(&settings->defaults, defaults);
}

uint64_t cs_settings_revision(const struct cs_settings *settings, const char *domain,
			      const char *key)
{
	bool device = strcmp(domain, CS_DOMAIN_DEVICE) == 0;
	const struct known *known =
	    os_map_get(device ? settings->device.values : settings->own.values, key);
	return known == NULL ? 0 : known->revision;
}

/* --- Writing ----------------------------------------------------------------------------------- */

static void did_set(void *context, int status, struct os_message *reply)
{
	struct set *set = context;
	os_list_remove(&set->link);
	const char *sentence = status < 0 ? os_status_text(status) : "";
	if (reply != NULL) {
		status = os_message_read_i32(reply);
		sentence = os_message_read_text(reply);
	}
	if (set->fn != NULL) {
		set->fn(set->context, status, sentence);
	}
	os_free(set);
}

static int send_set(struct cs_settings *settings, const char *domain, const char *key,
		    const struct cs_value *value, int64_t revision, struct set *set)
{
	char *text = value == NULL ? os_strdup("") : cs_value_copy_text(value, CS_WRITE_COMPACT);
	if (text == NULL) {
		return -ENOMEM;
	}
	if (strlen(text) > 4096 || strlen(key) > 64 || strlen(domain) > 127) {
		os_free(text);
		return -EFBIG;
	}
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_SETTINGS_SET);
	os_message_write_text(&message, domain);
	os_message_write_text(&message, key);
	os_message_write_text(&message, text);
	os_message_write_i64(&message, revision);
	os_free(text);
	return cs_services_call(settings->services, &message, did_set, set);
}

static int set_any(struct cs_settings *settings, const char *domain, const char *key,
		   const struct cs_value *value, int64_t revision, struct set like)
{
	struct set *set = os_alloc(sizeof(*set));
	set->fn = like.fn;
	set->context = like.context;
	os_list_append(&settings->sets, &set->link);
	int result = send_set(settings, domain, key, value, revision, set);
	if (result < 0) {
		os_list_remove(&set->link);
		os_free(set);
	}
	return result;
}

int cs_settings_set(struct cs_settings *settings, const char *domain, const char *key,
		    const struct cs_value *value, cs_settings_fn fn, void *context)
{
	return set_any(settings, domain, key, value, -1,
		       (struct set){.fn = fn, .context = context});
}

int cs_settings_set_if(struct cs_settings *settings, const struct cs_setting_seen *seen,
		       const struct cs_value *value, cs_settings_fn fn, void *context)
{
	return set_any(settings, seen->domain, seen->key, value, (int64_t)seen->revision,
		       (struct set){.fn = fn, .context = context});
}
