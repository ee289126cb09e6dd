#include <cs/apps.h>

#include <os/array.h>
#include <os/memory.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* One question under way. */
struct question {
	struct cs_services *services;
	union {
		cs_apps_list_fn list;
		cs_apps_info_fn info;
		cs_apps_storage_fn storage;
		cs_apps_done_fn done;
		cs_apps_icon_fn icon;
	} fn;
	void *context;
	struct os_array apps; /* struct cs_app_info, of a list that comes in parts */
};

static struct question *question_create(struct cs_services *services, void *context)
{
	struct question *question = os_alloc(sizeof(*question));
	question->services = services;
	question->context = context;
	os_array_init(&question->apps, sizeof(struct cs_app_info));
	return question;
}

static void question_free(struct question *question)
{
	os_array_finish(&question->apps);
	os_free(question);
}

static int ask(struct question *question, struct os_message *message, os_port_reply_fn fn)
{
	int result = cs_services_call(question->services, message, fn, question);
	if (result < 0) {
		question_free(question);
	}
	return result;
}

/* --- The list ---------------------------------------------------------------------------------- */

static int ask_for_apps(struct question *question);

static void did_get_apps(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	uint32_t total = 0, count = 0;
	if (reply != NULL) {
		total = os_message_read_u32(reply);
		count = os_message_read_count(reply);
	}
	for (uint32_t i = 0; i < count; i++) {
		struct cs_app_info *app = os_array_append(&question->apps);
		snprintf(app->id, sizeof(app->id), "%s", os_message_read_text(reply));
		snprintf(app->name, sizeof(app->name), "%s", os_message_read_text(reply));
		snprintf(app->version, sizeof(app->version), "%s", os_message_read_text(reply));
		app->system = os_message_read_bool(reply);
		snprintf(app->hardware, sizeof(app->hardware), "%s", os_message_read_text(reply));
	}
	if (count > 0 && question->apps.count < total) {
		status = ask_for_apps(question);
		if (status == 0) {
			return;
		}
	}
	question->fn.list(question->context, status, question->apps.items, question->apps.count);
	question_free(question);
}

static int ask_for_apps(struct question *question)
{
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_APPS);
	os_message_write_u32(&message, (uint32_t)question->apps.count);
	return cs_services_call(question->services, &message, did_get_apps, question);
}

int cs_apps_list(struct cs_services *services, cs_apps_list_fn fn, void *context)
{
	struct question *question = question_create(services, context);
	question->fn.list = fn;
	int result = ask_for_apps(question);
	if (result < 0) {
		question_free(question);
	}
	return result;
}

/* --- Single apps ------------------------------------------------------------------------------- */

static void did_get_icon(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	question->fn.icon(question->context, status,
			  reply == NULL ? -1 : os_message_take_fd(reply));
	question_free(question);
}

int cs_apps_icon(struct cs_services *services, const char *app, cs_apps_icon_fn fn, void *context)
{
	struct question *question = question_create(services, context);
	question->fn.icon = fn;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_APP_ICON);
	os_message_write_text(&message, app);
	return ask(question, &message, did_get_icon);
}

static void did_install(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	struct cs_app_info app = {0};
	const char *sentence = status < 0 ? os_status_text(status) : "";
	if (reply != NULL) {
		status = os_message_read_i32(reply);
		sentence = os_message_read_text(reply);
		snprintf(app.id, sizeof(app.id), "%s", os_message_read_text(reply));
		snprintf(app.name, sizeof(app.name), "%s", os_message_read_text(reply));
		snprintf(app.version, sizeof(app.version), "%s", os_message_read_text(reply));
	}
	question->fn.info(question->context, status, sentence, &app);
	question_free(question);
}

int cs_apps_install(struct cs_services *services, int folder, cs_apps_info_fn fn, void *context)
{
	struct question *question = question_create(services, context);
	question->fn.info = fn;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_INSTALL);
	os_message_write_fd(&message, folder);
	return ask(question, &message, did_install);
}

static void did_get_storage(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	struct cs_app_storage storage = {0};
	const char *sentence = status < 0 ? os_status_text(status) : "";
	if (reply != NULL) {
		status = os_message_read_i32(reply);
		sentence = os_message_read_text(reply);
		storage.data_bytes = os_message_read_i64(reply);
		storage.bundle_bytes = os_message_read_i64(reply);
		snprintf(storage.container, sizeof(storage.container), "%s",
			 os_message_read_text(reply));
	}
	question->fn.storage(question->context, status, sentence, &storage);
	question_free(question);
}

int cs_apps_storage(struct cs_services *services, const char *app, cs_apps_storage_fn fn,
		    void *context)
{
	struct question *question = question_create(services, context);
	question->fn.storage = fn;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_STORAGE);
	os_message_write_text(&message, app);
	return ask(question, &message, did_get_storage);
}

static void did_finish(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	const char *sentence = status < 0 ? os_status_text(status) : "";
	if (reply != NULL) {
		status = os_message_read_i32(reply);
		sentence = os_message_read_text(reply);
	}
	question->fn.done(question->context, status, sentence);
	question_free(question);
}

int cs_apps_uninstall(struct cs_services *services, const char *app, bool erase, cs_apps_done_fn fn,
		      void *context)
{
	struct question *question = question_create(services, context);
	question->fn.done = fn;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_UNINSTALL);
	os_message_write_text(&message, app);
	os_message_write_bool(&message, erase);
	return ask(question, &message, did_finish);
}

int cs_apps_erase(struct cs_services *services, const char *app, cs_apps_done_fn fn, void *context)
{
	struct question *question = question_create(services, context);
	question->fn.done = fn;
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_ERASE);
	os_message_write_text(&message, app);
	return ask(question, &message, did_finish);
}

int cs_apps_watch(struct cs_services *services)
{
	return cs_services_watch(services, CS_SERVICES_WATCH_APPS);
}
