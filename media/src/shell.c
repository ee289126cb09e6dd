#include <md/shell.h>

#include <assert.h>

#include "scene_private.h"

static void send_edge(const struct md_scene *scene, enum md_edge edge)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_EDGE, &message);
	os_message_write_u32(&message, edge);
	os_message_write_double(&message, scene->shell.edges[edge]);
	md_scene_post(scene, &message);
}

static void send_active(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_ACTIVATE, &message);
	os_message_write_u64(&message, scene->shell.active);
	md_scene_post(scene, &message);
}

static void send_safe_area(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_SAFE_AREA, &message);
	os_message_write_double(&message, scene->shell.safe_area.top);
	os_message_write_double(&message, scene->shell.safe_area.left);
	os_message_write_double(&message, scene->shell.safe_area.bottom);
	os_message_write_double(&message, scene->shell.safe_area.right);
	md_scene_post(scene, &message);
}

static void send_attach(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_ATTACH, &message);
	md_scene_post(scene, &message);
}

void md_shell_attach(struct md_scene *scene, const struct md_shell_delegate *delegate,
		     void *context)
{
	scene->shell.delegate = delegate;
	scene->shell.context = context;
	send_attach(scene);
}

void md_shell_set_edge(struct md_scene *scene, enum md_edge edge, double depth)
{
	scene->shell.edges[edge] = depth;
	send_edge(scene, edge);
}

void md_shell_activate(struct md_scene *scene, uint64_t token)
{
	scene->shell.active = token;
	scene->shell.active_set = true;
	send_active(scene);
}

void md_shell_set_safe_area(struct md_scene *scene, struct md_insets insets)
{
	scene->shell.safe_area = insets;
	scene->shell.safe_area_set = true;
	send_safe_area(scene);
}

void md_shell_snapshot(struct md_scene *scene, uint64_t token)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_SNAPSHOT, &message);
	os_message_write_u64(&message, token);
	md_scene_post(scene, &message);
}

static void send_hold(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_HOLD, &message);
	os_message_write_u32(&message, (uint32_t)scene->shell.hold_fingers);
	os_message_write_i64(&message, scene->shell.hold_us);
	md_scene_post(scene, &message);
}

static void send_rest(const struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_REST, &message);
	os_message_write_i64(&message, scene->shell.rest_us);
	md_scene_post(scene, &message);
}

void md_shell_watch_hold(struct md_scene *scene, int fingers, int64_t hold_us)
{
	scene->shell.hold_fingers = fingers;
	scene->shell.hold_us = hold_us;
	send_hold(scene);
}

void md_shell_watch_rest(struct md_scene *scene, int64_t rest_us)
{
	scene->shell.rest_us = rest_us;
	send_rest(scene);
}

void md_shell_ask_power(struct md_scene *scene)
{
	struct os_message message;
	md_scene_message(scene, MD_SCENE_SHELL_ASK_POWER, &message);
	md_scene_post(scene, &message);
}

void md_shell_replay(struct md_scene *scene)
{
	if (scene->shell.delegate == NULL) {
		return;
	}
	send_attach(scene);
	for (int edge = MD_EDGE_TOP; edge <= MD_EDGE_RIGHT; edge++) {
		if (scene->shell.edges[edge] > 0) {
			send_edge(scene, (enum md_edge)edge);
		}
	}
	if (scene->shell.safe_area_set) {
		send_safe_area(scene);
	}
	if (scene->shell.active_set) {
		send_active(scene);
	}
	if (scene->shell.hold_fingers > 0) {
		send_hold(scene);
	}
	if (scene->shell.rest_us > 0) {
		send_rest(scene);
	}
}

static void appeared(struct md_scene *scene, struct os_message *message)
{
	uint64_t token = os_message_read_u64(message);
	const char *app = os_message_read_text(message);
	int pid = os_message_read_i32(message);
	enum md_scene_role role = (enum md_scene_role)os_message_read_u32(message);
	if (scene->shell.delegate->scene_appeared != NULL) {
		scene->shell.delegate->scene_appeared(scene->shell.context, token, app, pid, role);
	}
}

static void edge_began(struct md_scene *scene, struct os_message *message)
{
	int edge = (int)os_message_read_u32(message);
	int finger = os_message_read_i32(message);
	struct md_point start;
	start.x = os_message_read_double(message);
	start.y = os_message_read_double(message);
	if (scene->shell.delegate->edge_began != NULL) {
		scene->shell.delegate->edge_began(scene->shell.context, edge, finger, start);
	}
}

static void power_changed(struct md_scene *scene, struct os_message *message)
{
	struct md_power power = {.has_battery = os_message_read_bool(message)};
	power.battery = os_message_read_double(message);
	power.is_charging = os_message_read_bool(message);
	power.knows_temperature = os_message_read_bool(message);
	power.warmest_c = os_message_read_double(message);
	power.is_throttled = os_message_read_bool(message);
	if (scene->shell.delegate->power_changed != NULL) {
		scene->shell.delegate->power_changed(scene->shell.context, &power);
	}
}

int md_shell_handle(struct md_scene *scene, struct os_message *message)
{
	const struct md_shell_delegate *delegate = scene->shell.delegate;
	if (delegate == NULL) {
		return 0;
	}
	if (message->header.type == MD_SCENE_SHELL_APPEARED) {
		appeared(scene, message);
	} else if (message->header.type == MD_SCENE_SHELL_EDGE_BEGAN) {
		edge_began(scene, message);
	} else if (message->header.type == MD_SCENE_SHELL_POWER) {
		power_changed(scene, message);
	} else if (message->header.type == MD_SCENE_SHELL_READY && delegate->scene_ready != NULL) {
		delegate->scene_ready(scene->shell.context, os_message_read_u64(message));
	} else if (message->header.type == MD_SCENE_SHELL_WENT && delegate->scene_went != NULL) {
		uint64_t token = os_message_read_u64(message);
		delegate->scene_went(scene->shell.context, token, os_message_read_text(message));
	} else if (message->header.type == MD_SCENE_SHELL_KEY && delegate->system_key != NULL) {
		delegate->system_key(scene->shell.context, os_message_read_u32(message));
	} else if (message->header.type == MD_SCENE_SHELL_HELD && delegate->held != NULL) {
		delegate->held(scene->shell.context);
	} else if (message->header.type == MD_SCENE_SHELL_RESTED) {
		scene->shell.rest_us = 0;
		if (delegate->rested != NULL) {
			delegate->rested(scene->shell.context);
		}
	}
	return 0;
}
