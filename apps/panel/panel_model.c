#include "panel_model.h"

#include <stdio.h>
#include <string.h>

#define BRIGHTNESS "display.brightness"
#define RELAY "relay"

static void tell(struct panel_model *model)
{
	if (model->changed != NULL) {
		model->changed(model->context);
	}
}

/* --- Brightness ---------------------------------------------------------------------------------- */

static void write_brightness(struct panel_model *model);

static void did_write(void *context, int status, const char *sentence)
{
	struct panel_model *model = context;
	model->writing = false;
	snprintf(model->sentence, sizeof(model->sentence), "%s", status < 0 ? sentence : "");
	if (model->waiting) {
		write_brightness(model);
	}
	tell(model);
}

/* One at a time: a finger turns faster than a disk writes, and only where it is now counts. */
static void write_brightness(struct panel_model *model)
{
	struct cs_value *value = cs_value_create_double(model->brightness);
	model->waiting = false;
	model->writing = cs_settings_set(model->settings, CS_DOMAIN_DEVICE, BRIGHTNESS, value, did_write,
	                                 model) == 0;
	os_release(value);
}

void panel_model_set_brightness(struct panel_model *model, double brightness)
{
	model->brightness = brightness;
	if (model->writing) {
		model->waiting = true;
	} else {
		write_brightness(model);
	}
}

static void read_brightness(struct panel_model *model)
{
	const struct cs_value *value = cs_settings_get(model->settings, BRIGHTNESS);
	if (!model->writing && !model->waiting) { /* else it is an older one of our own */
		model->brightness = cs_value_double(value, 1);
	}
}

/* --- The relay ----------------------------------------------------------------------------------- */

static void fail_relay(struct panel_model *model, int status)
{
	model->relay.there = false;
	snprintf(model->relay.sentence, sizeof(model->relay.sentence), "%s", os_status_text(status));
}

static void drive_relay(struct panel_model *model)
{
	if (model->relay.there) {
		int result = os_gpio_set(model->relay.line, model->relay.on);
		if (result < 0) {
			fail_relay(model, result);
		}
	}
}

void panel_model_set_relay(struct panel_model *model, bool on)
{
	struct cs_value *value = cs_value_create_bool(on);
	model->relay.on = on;
	drive_relay(model);
	cs_settings_set(model->settings, CS_DOMAIN_OWN, RELAY, value, NULL, NULL);
	os_release(value);
	tell(model);
}

/* --- Lines --------------------------------------------------------------------------------------- */

static struct panel_line *line_of(struct panel_model *model, const struct os_hardware *hardware)
{
	return hardware == model->relay.line ? &model->relay : &model->input;
}

static void did_open(void *context, struct os_hardware *hardware, int status, const char *sentence)
{
	struct panel_model *model = context;
	struct panel_line *line = line_of(model, hardware);
	line->answered = true;
	line->there = status == 0;
	snprintf(line->sentence, sizeof(line->sentence), "%s", sentence);
	if (line == &model->input && line->there) {
		line->on = os_gpio_get(hardware) == 1;
	} else if (cs_settings_is_ready(model->settings)) {
		drive_relay(model); /* else when what it was is known */
	}
	tell(model);
}

static void did_change(void *context, struct os_hardware *hardware, bool active, int64_t time_us)
{
	struct panel_model *model = context;
	line_of(model, hardware)->on = active;
	tell(model);
}

static void did_lose(void *context, struct os_hardware *hardware, int status)
{
	struct panel_model *model = context;
	struct panel_line *line = line_of(model, hardware);
	line->there = false;
	snprintf(line->sentence, sizeof(line->sentence), "It was there and is gone: %s", os_status_text(status));
	tell(model);
}

static const struct os_hardware_delegate s_line_delegate = {
	.struct_size = sizeof(s_line_delegate),
	.opened = did_open,
	.edge = did_change,
	.lost = did_lose,
};

void panel_model_retry(struct panel_model *model)
{
	struct panel_line *const lines[] = {&model->relay, &model->input};
	for (size_t i = 0; i < OS_ARRAY_LEN(lines); i++) {
		if (lines[i]->line != NULL) {
			(void)os_hardware_retry(lines[i]->line); /* one that is there stays as it is */
		}
	}
}

/* --- Life cycle ---------------------------------------------------------------------------------- */

static void settings_changed(void *context, void *data)
{
	struct panel_model *model = context;
	const char *key = data;
	if (key == NULL || strcmp(key, BRIGHTNESS) == 0) {
		read_brightness(model);
	}
	if (key == NULL) { /* all have come: what the relay was is known */
		model->relay.on = cs_settings_bool(model->settings, RELAY);
		drive_relay(model);
	}
	tell(model);
}

void panel_model_begin(struct panel_model *model, void (*changed)(void *context), void *context)
{
	memset(model, 0, sizeof(*model));
	model->changed = changed;
	model->context = context;
	model->brightness = 1;
	model->services = cs_services_create();
	model->settings = cs_settings_create(model->services);
	os_signal_connect(cs_settings_changed(model->settings), &model->listener, settings_changed, model);
	model->relay.line = os_hardware_open("relay", &s_line_delegate, model);
	model->input.line = os_hardware_open("input", &s_line_delegate, model);
}

void panel_model_end(struct panel_model *model)
{
	model->changed = NULL;
	model->relay.line = os_hardware_close(model->relay.line);
	model->input.line = os_hardware_close(model->input.line);
	os_listener_disconnect(&model->listener);
	cs_settings_destroy(model->settings);
	cs_services_destroy(model->services);
}
