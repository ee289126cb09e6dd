#include <cs/permission.h>

#include <os/memory.h>

struct question {
	cs_permission_fn got;
	cs_permission_done_fn done;
	void *context;
};

static void did_get(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	uint32_t answer = reply == NULL ? CS_PERMISSION_NOT_ASKED : os_message_read_u32(reply);
	question->got(question->context, status,
		      answer <= CS_PERMISSION_DENIED ? answer : CS_PERMISSION_DENIED);
	os_free(question);
}

static void did_set(void *context, int status, struct os_message *reply)
{
	struct question *question = context;
	const char *sentence = status < 0 ? os_status_text(status) : "";
	if (reply != NULL) {
		status = os_message_read_i32(reply);
		sentence = os_message_read_text(reply);
	}
	if (question->done != NULL) {
		question->done(question->context, status, sentence);
	}
	os_free(question);
}

static int ask(struct cs_services *services, struct os_message *message, os_port_reply_fn fn,
	       struct question like)
{
	struct question *question = os_alloc(sizeof(*question));
	*question = like;
	int result = cs_services_call(services, message, fn, question);
	if (result < 0) {
		os_free(question);
	}
	return result;
}

int cs_permission_get(struct cs_services *services, const char *app, const char *resource,
		      cs_permission_fn fn, void *context)
{
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_PERMISSION_GET);
	os_message_write_text(&message, app);
	os_message_write_text(&message, resource);
	return ask(services, &message, did_get, (struct question){.got = fn, .context = context});
}

int cs_permission_set(struct cs_services *services, const char *app, const char *resource,
		      enum cs_permission permission, cs_permission_done_fn fn, void *context)
{
	struct os_message message;
	cs_services_begin(&message, CS_SERVICES_PERMISSION_SET);
	os_message_write_text(&message, app);
	os_message_write_text(&message, resource);
	os_message_write_u32(&message, permission);
	return ask(services, &message, did_set, (struct question){.done = fn, .context = context});
}

int cs_permission_watch(struct cs_services *services)
{
	return cs_services_watch(services, CS_SERVICES_PERMISSION_WATCH);
}
