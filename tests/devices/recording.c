#include "recording.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 512
#define FILE_MAX_BYTES ((size_t)64 << 20)
#define SECONDS_MAX 86400

struct reader {
	struct panel_recording *recording;
	unsigned line;
	unsigned type_of_bits, bit; /* where the next byte of a B: line goes */
	unsigned property_bit;
	char *why;
};

static int fail(const struct reader *reader, const char *sentence)
{
	snprintf(reader->why, PANEL_RECORDING_WHY, "line %u: %s", reader->line, sentence);
	return -1;
}

/* --- Numbers ---------------------------------------------------------------------------------- */

/* Reads one number and what is blank before it; false when there is none. */
static bool read_number(const char **at, int base, long long min, long long max, long long *ret_number)
{
	const char *from = *at + strspn(*at, " \t");
	char *end;
	errno = 0;
	long long number = strtoll(from, &end, base);
	if (end == from || errno != 0 || number < min || number > max || (*end != '\0' && !strchr(" \t", *end))) {
		return false;
	}
	*ret_number = number;
	*at = end;
	return true;
}

static bool is_at_end(const char *at)
{
	at += strspn(at, " \t");
	return *at == '\0' || *at == '#';
}

/* --- Lines ------------------------------------------------------------------------------------ */

static int read_identity(struct reader *reader, const char *at)
{
	long long numbers[4];
	for (int i = 0; i < 4; i++) {
		if (!read_number(&at, 16, 0, 0xffff, &numbers[i])) {
			return fail(reader, "expected I: BUS VENDOR PRODUCT VERSION, four hexadecimal numbers");
		}
	}
	reader->recording->bus = (uint16_t)numbers[0];
	reader->recording->vendor = (uint16_t)numbers[1];
	reader->recording->product = (uint16_t)numbers[2];
	reader->recording->version = (uint16_t)numbers[3];
	return 0;
}

static void set_bits(struct reader *reader, unsigned type, unsigned bit, unsigned byte)
{
	struct panel_recording *recording = reader->recording;
	for (unsigned i = 0; i < 8; i++, bit++) {
		if (!(byte >> i & 1)) {
			continue;
		}
		if (type == 0 && bit < 64) {
			recording->types |= 1ull << bit;
		} else if (type == EV_KEY && bit < KEY_CNT) {
			recording->keys[bit / 64] |= 1ull << bit % 64;
		} else if (type == EV_MSC && bit < 64) {
			recording->misc |= 1ull << bit;
		}
	}
}

static int read_bits(struct reader *reader, const char *at)
{
	long long type, byte;
	if (!read_number(&at, 16, 0, EV_MAX, &type)) {
		return fail(reader, "expected B: TYPE and bytes of its codes");
	}
	if ((unsigned)type != reader->type_of_bits) {
		reader->type_of_bits = (unsigned)type;
		reader->bit = 0;
	}
	while (!is_at_end(at)) {
		if (!read_number(&at, 16, 0, 0xff, &byte)) {
			return fail(reader, "expected hexadecimal bytes behind B: TYPE");
		}
		set_bits(reader, (unsigned)type, reader->bit, (unsigned)byte);
		reader->bit = reader->bit < 2 * KEY_CNT ? reader->bit + 8 : reader->bit;
	}
	return 0;
}

static int read_properties(struct reader *reader, const char *at)
{
	long long byte;
	while (!is_at_end(at)) {
		if (!read_number(&at, 16, 0, 0xff, &byte)) {
			return fail(reader, "expected hexadecimal bytes behind P:");
		}
		if (reader->property_bit < 64) {
			reader->recording->properties |= (uint64_t)byte << reader->property_bit;
			reader->property_bit += 8;
		}
	}
	return 0;
}

static int read_axis(struct reader *reader, const char *at)
{
	long long code, numbers[5] = {0};
	bool good = read_number(&at, 16, 0, ABS_MAX, &code);
	for (int i = 0; i < 4 && good; i++) {
		good = read_number(&at, 10, INT32_MIN, INT32_MAX, &numbers[i]);
	}
	if (good && !is_at_end(at)) { /* old recordings have no resolution */
		good = read_number(&at, 10, INT32_MIN, INT32_MAX, &numbers[4]);
	}
	if (!good || !is_at_end(at)) {
		return fail(reader, "expected A: CODE MIN MAX FUZZ FLAT RESOLUTION");
	}
	reader->recording->abs[code] = (struct panel_abs){true,
	                                                  (int32_t)numbers[0],
	                                                  (int32_t)numbers[1],
	                                                  (int32_t)numbers[2],
	                                                  (int32_t)numbers[3],
	                                                  (int32_t)numbers[4]};
	return 0;
}

/* "12.000345": seconds and six places. */
static bool read_time(const char **at, long long *ret_us)
{
	const char *from = *at + strspn(*at, " \t");
	char *end;
	errno = 0;
	long long seconds = strtoll(from, &end, 10);
	if (end == from || errno != 0 || seconds < 0 || seconds > SECONDS_MAX || *end != '.') {
		return false;
	}
	const char *places = end + 1;
	if (strspn(places, "0123456789") != 6) {
		return false;
	}
	*ret_us = seconds * 1000000 + strtoll(places, &end, 10);
	*at = end;
	return *end == ' ' || *end == '\t';
}

static int append(struct reader *reader, const struct input_event *event)
{
	struct panel_recording *recording = reader->recording;
	if (recording->count == PANEL_RECORDING_EVENTS_MAX) {
		return fail(reader, "too many events");
	}
	if (recording->count == recording->capacity) {
		size_t capacity = recording->capacity == 0 ? 256 : recording->capacity * 2;
		struct input_event *events = realloc(recording->events, capacity * sizeof(*events));
		if (events == NULL) {
			return fail(reader, "not enough memory");
		}
		recording->events = events;
		recording->capacity = capacity;
	}
	recording->events[recording->count++] = *event;
	return 0;
}

static int read_event(struct reader *reader, const char *at)
{
	const struct panel_recording *recording = reader->recording;
	long long time_us, type, code, value;
	if (!read_time(&at, &time_us) || !read_number(&at, 16, 0, EV_MAX, &type) ||
	    !read_number(&at, 16, 0, KEY_MAX, &code) || !read_number(&at, 10, INT32_MIN, INT32_MAX, &value) ||
	    !is_at_end(at)) {
		return fail(reader, "expected E: SECONDS.MICROS TYPE CODE VALUE, type and code hexadecimal");
	}
	struct input_event event = {.type = (uint16_t)type, .code = (uint16_t)code, .value = (int32_t)value};
	event.input_event_sec = time_us / 1000000;
	event.input_event_usec = time_us % 1000000;
	if (recording->count > 0) {
		const struct input_event *last = &recording->events[recording->count - 1];
		if (time_us < (long long)last->input_event_sec * 1000000 + last->input_event_usec) {
			return fail(reader, "this event is older than the one before it");
		}
	}
	return append(reader, &event);
}

static int read_name(struct reader *reader, const char *at)
{
	size_t length = strlen(at);
	if (length == 0 || length >= sizeof(reader->recording->name)) {
		return fail(reader, "expected N: NAME, at most 127 bytes");
	}
	memcpy(reader->recording->name, at, length + 1);
	return 0;
}

static int read_line(struct reader *reader, const char *line)
{
	if (line[0] == '\0' || line[0] == '#') {
		return 0;
	}
	if (line[1] != ':' || (line[2] != ' ' && line[2] != '\0')) {
		return fail(reader, "expected N:, I:, P:, B:, A:, E: or a comment");
	}
	const char *rest = line[2] == ' ' ? line + 3 : line + 2;
	switch (line[0]) {
	case 'N':
		return read_name(reader, rest);
	case 'I':
		return read_identity(reader, rest);
	case 'P':
		return read_properties(reader, rest);
	case 'B':
		return read_bits(reader, rest);
	case 'A':
		return read_axis(reader, rest);
	case 'E':
		return read_event(reader, rest);
	case 'L':
	case 'S':
		return 0; /* lamps and switches: panels have none */
	default:
		return fail(reader, "expected N:, I:, P:, B:, A:, E: or a comment");
	}
}

/* --- Files ------------------------------------------------------------------------------------ */

static struct touch_panel_axis axis_of(const struct panel_abs *abs)
{
	return (struct touch_panel_axis){abs->min, abs->max, abs->fuzz, abs->resolution};
}

static void describe(struct panel_recording *recording)
{
	struct panel_abs *abs = recording->abs;
	struct touch_panel *panel = &recording->panel;
	bool many = abs[ABS_MT_POSITION_X].is_there;
	bool slots = abs[ABS_MT_SLOT].is_there && abs[ABS_MT_SLOT].max >= 0 && abs[ABS_MT_SLOT].max < INT32_MAX;
	bool button = recording->keys[BTN_TOUCH / 64] >> BTN_TOUCH % 64 & 1;
	*panel = (struct touch_panel){.name = recording->name,
	                              .bus = recording->bus,
	                              .vendor = recording->vendor,
	                              .product = recording->product,
	                              .version = recording->version,
	                              .slots = slots ? abs[ABS_MT_SLOT].max + 1 : 0,
	                              .major_max = abs[ABS_MT_TOUCH_MAJOR].max,
	                              .pressure_max = abs[many ? ABS_MT_PRESSURE : ABS_PRESSURE].max,
	                              .source = "a recording"};
	panel->x = axis_of(&abs[many ? ABS_MT_POSITION_X : ABS_X]);
	panel->y = axis_of(&abs[many ? ABS_MT_POSITION_Y : ABS_Y]);
	panel->flags = (recording->properties >> INPUT_PROP_DIRECT & 1 ? TOUCH_PANEL_DIRECT : 0u) |
	               (many && !slots ? TOUCH_PANEL_PROTOCOL_A : 0u) | (button ? 0u : TOUCH_PANEL_NO_BUTTON) |
	               (recording->misc >> MSC_TIMESTAMP & 1 ? TOUCH_PANEL_TIMESTAMP : 0u);
}

static int check(const struct reader *reader)
{
	const struct panel_recording *recording = reader->recording;
	if (recording->name[0] == '\0') {
		return fail(reader, "there is no line N: with the device's name");
	}
	bool has_x = recording->abs[ABS_MT_POSITION_X].is_there || recording->abs[ABS_X].is_there;
	bool has_y = recording->abs[ABS_MT_POSITION_Y].is_there || recording->abs[ABS_Y].is_there;
	return has_x && has_y ? 0 : fail(reader, "there is no line A: for the axes X and Y");
}

int panel_recording_parse(const char *text, size_t length, struct panel_recording *ret_recording,
                          char why[PANEL_RECORDING_WHY])
{
	struct reader reader = {.recording = ret_recording, .why = why};
	memset(ret_recording, 0, sizeof(*ret_recording));
	int result = 0;
	size_t at = 0;
	while (at < length && result == 0) {
		char line[LINE_MAX_BYTES];
		const char *end = memchr(text + at, '\n', length - at);
		size_t bytes = end == NULL ? length - at : (size_t)(end - (text + at));
		reader.line++;
		if (bytes >= sizeof(line) || memchr(text + at, '\0', bytes) != NULL) {
			result = fail(&reader, "this line is too long, or no text");
			break;
		}
		memcpy(line, text + at, bytes);
		line[bytes > 0 && line[bytes - 1] == '\r' ? bytes - 1 : bytes] = '\0';
		result = read_line(&reader, line);
		at += bytes + 1;
	}
	result = result == 0 ? check(&reader) : result;
	if (result < 0) {
		panel_recording_finish(ret_recording);
		return result;
	}
	describe(ret_recording);
	return 0;
}

int panel_recording_load(const char *path, struct panel_recording *ret_recording, char why[PANEL_RECORDING_WHY])
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t length = 0, got = 1;
	if (file == NULL) {
		snprintf(why, PANEL_RECORDING_WHY, "%.120s: %s", path, strerror(errno));
		return -1;
	}
	while (got > 0 && length < FILE_MAX_BYTES) {
		char *more = realloc(text, length + 65536);
		if (more == NULL) {
			break;
		}
		text = more;
		got = fread(text + length, 1, 65536, file);
		length += got;
	}
	fclose(file);
	int result = panel_recording_parse(text == NULL ? "" : text, length, ret_recording, why);
	free(text);
	return result;
}

void panel_recording_finish(struct panel_recording *recording)
{
	free(recording->events);
	memset(recording, 0, sizeof(*recording));
}
