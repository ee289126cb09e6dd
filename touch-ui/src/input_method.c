/* The scene's side of input sessions: begins and ends them, sends what they show, hands on what comes.
 *
 * A session is an object of its own, so that it outlives a client that ends it in the middle of an
 * operation. What is new is sent once a turn of the loop, however many keys it took. */
#include <ui/input_method.h>

#include <md/scene.h>
#include <os/loop.h>

#include "input_session.h"
#include "scene_private.h"

struct session {
	struct input_session model; /* model.client is NULL once it has ended */
	struct ui_scene *scene;     /* weak: it outlives the session */
	struct ui_view *view;       /* weak: it ends the session when it leaves */
	bool waits;                 /* to be sent at the end of this turn */
};

static const struct os_class s_session_class = {
    .struct_size = sizeof(s_session_class),
    .name = "input-session",
    .size = sizeof(struct session),
};

static struct session *session_of(void *object)
{
	return os_object_state(object, &s_session_class);
}

/* --- To the input method ---------------------------------------------------------------------- */

static void send_field(struct ui_scene *scene, bool has_field)
{
	const char bytes[] = {MD_INPUT_FIELD, has_field ? 1 : 0};
	md_scene_send_input(ui_scene_md(scene), bytes, sizeof(bytes));
}

static void send_state(void *object)
{
	struct session *session = session_of(object);
	session->waits = false;
	struct input_state state = input_session_state(&session->model);
	struct os_buffer bytes = {0};
	input_state_write(&bytes, &state);
	md_scene_send_input(ui_scene_md(session->scene), bytes.bytes, bytes.length);
	os_buffer_finish(&bytes);
}

static void send_later(void *object)
{
	struct session *session = session_of(object);
	struct os_loop *loop = os_loop_current();
	if (!session->waits && loop != NULL) {
		session->waits = true;
		os_loop_defer(loop, OS_LOOP_MODE_COMMON, send_state, object);
	}
}

/* --- From it ---------------------------------------------------------------------------------- */

static void *current(const struct ui_scene *scene);

/* A Return in a single line may take the caret to another field, and the rest goes there. */
static void type(struct ui_scene *scene, const char *text, size_t length)
{
	size_t done = 0;
	while (done < length) {
		void *object = os_retain(current(scene));
		if (object == NULL) {
			return;
		}
		done += input_session_type(&session_of(object)->model, text + done, length - done);
		os_release(object);
	}
}

static void received(void *context, const void *bytes, size_t length, uint32_t serial)
{
	void *object = os_retain(context);
	struct session *session = session_of(object);
	struct ui_scene *scene = session->scene;
	const char *text = bytes;
	if (length > 0 && text[0] == MD_INPUT_TEXT) {
		type(scene, text + 1, length - 1);
	} else if (input_session_take(&session->model, bytes, length) == INPUT_REFUSED) {
		send_later(object);
	}
	md_scene_ack_input(ui_scene_md(scene), serial);
	os_release(object);
}

/* The compositor may be another than the one who was told. */
static void focus_changed(void *context, bool focused)
{
	if (focused) {
		send_field(session_of(context)->scene, true);
		send_later(context);
	}
}

static const struct ui_scene_input s_input = {.input = received, .focus = focus_changed};

static void *current(const struct ui_scene *scene)
{
	return scene->input == &s_input ? scene->input_context : NULL;
}

/* --- For fields ------------------------------------------------------------------------------- */

static void end(void *object)
{
	struct session *session = session_of(object);
	struct ui_scene *scene = session->scene;
	if (session->waits) {
		os_loop_cancel_deferred(os_loop_current(), send_state, object);
	}
	session->model.client = NULL;
	ui_scene_set_input(scene, NULL, NULL);
	os_release(object);
}

void ui_input_begin(struct ui_view *view, const struct ui_input_client *client, void *context,
		    const struct ui_input_traits *traits)
{
	struct ui_scene *scene = ui_view_scene(view);
	if (scene == NULL) {
		return;
	}
	if (current(scene) != NULL) {
		end(current(scene));
	}
	void *object = os_object_create(&s_session_class);
	struct session *session = session_of(object);
	session->model = (struct input_session){
	    .client = client, .context = context, .traits = *traits, .revision = 1};
	session->scene = scene;
	session->view = view;
	ui_scene_set_input(scene, &s_input, object);
	send_field(scene, true);
	send_later(object);
}

static void *session_for(struct ui_view *view)
{
	struct ui_scene *scene = ui_view_scene(view);
	void *object = scene != NULL ? current(scene) : NULL;
	return object != NULL && session_of(object)->view == view ? object : NULL;
}

void ui_input_end(struct ui_view *view)
{
	void *object = session_for(view);
	if (object != NULL) {
		struct ui_scene *scene = session_of(object)->scene;
		end(object);
		send_field(scene, false);
	}
}

void ui_input_changed(struct ui_view *view)
{
	void *object = session_for(view);
	if (object != NULL) {
		session_of(object)->model.revision++;
		send_later(object);
	}
}
