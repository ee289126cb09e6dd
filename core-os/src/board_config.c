#include <os/board_config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <os/file.h>
#include <os/layout.h>
#include <os/status.h>

/* --- Values --------------------------------------------------------------------------------------- */

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* As in a manifest. */
static bool is_app(const char *text)
{
	size_t length = strlen(text);
	return length >= 3 && strspn(text, LETTERS DIGITS ".-") == length && text[0] != '.' &&
	       text[0] != '-' && text[length - 1] != '.' && strchr(text, '.') != NULL &&
	       strstr(text, "..") == NULL;
}

static bool is_folder(const char *text)
{
	return text[0] == '/' && strstr(text, "/../") == NULL;
}

static bool is_profile(const char *text)
{
	double width, height, scale, rate_hz = 60;
	int end = 0, more = 0;
	if (strcmp(text, "phone") == 0 || strcmp(text, "pi7") == 0 ||
	    strcmp(text, "pi-touch2") == 0 || strcmp(text, "tablet") == 0) {
		return true;
	}
	if (sscanf(text, "%lfx%lf@%lf%n", &width, &height, &scale, &end) != 3) {
		return false;
	}
	if (text[end] == ':' && sscanf(text + end, ":%lf%n", &rate_hz, &more) != 1) {
		return false;
	}
	return text[end + more] == '\0' && width >= 120 && width <= 4096 && height >= 120 &&
	       height <= 4096 && scale >= 0.5 && scale <= 4 && rate_hz >= 10 && rate_hz <= 240;
}

static bool is_orientation(const char *text)
{
	return strcmp(text, "0") == 0 || strcmp(text, "90") == 0 || strcmp(text, "180") == 0 ||
	       strcmp(text, "270") == 0;
}

static bool is_display(const char *text)
{
	return strcmp(text, "kmsdrm") == 0 || strcmp(text, "dumb") == 0 ||
	       strcmp(text, "offscreen") == 0;
}

static bool is_renderer(const char *text)
{
	return strcmp(text, "soft") == 0 || strcmp(text, "gpu") == 0;
}

static bool is_vt(const char *text)
{
	const char *prefix = "/dev/tty";
	size_t length = strlen(prefix), digits = strspn(text + OS_MIN(length, strlen(text)), DIGITS);
	return strncmp(text, prefix, length) == 0 && digits > 0 && digits <= 2 &&
	       text[length] != '0' && text[length + digits] == '\0';
}

static bool is_yes_or_no(const char *text)
{
	return strcmp(text, "yes") == 0 || strcmp(text, "no") == 0;
}

/* --- Keys ------------------------------------------------------------------------------------------ */

#define TEXT_OF(member) \
	.at = offsetof(struct os_board_config, member), \
	.size = sizeof(((struct os_board_config *)NULL)->member)
#define SWITCH_OF(member) .at = offsetof(struct os_board_config, member), .size = 0

static const struct key {
	const char *name;
	size_t at, size; /* size 0: a switch */
	bool (*is_valid)(const char *text);
	const char *expected;
} s_keys[] = {
	{"app", TEXT_OF(app), is_app, "an app's id, like org.strata.panel"},
	{"device", TEXT_OF(device), os_layout_is_device_name, "a name of letters, digits, - _ and ."},
	{"home", TEXT_OF(home), is_folder, "a whole path"},
	{"runtime", TEXT_OF(runtime), is_folder, "a whole path"},
	{"profile", TEXT_OF(profile), is_profile, "phone, pi7, pi-touch2, tablet or WxH@S[:HZ]"},
	{"orientation", TEXT_OF(orientation), is_orientation, "0, 90, 180 or 270"},
	{"display", TEXT_OF(display), is_display, "kmsdrm, dumb or offscreen"},
	{"renderer", TEXT_OF(renderer), is_renderer, "soft or gpu"},
	{"vt", TEXT_OF(vt), is_vt, "/dev/tty1 to /dev/tty99"},
	{"splash", SWITCH_OF(splash), is_yes_or_no, "yes or no"},
	{"walls", SWITCH_OF(walls), is_yes_or_no, "yes or no"},
};

void os_board_config_init(struct os_board_config *ret_config)
{
	*ret_config = (struct os_board_config){.device = "default",
	                                       .home = "/var/lib/strata",
	                                       .runtime = "/run/strata",
	                                       .splash = true,
	                                       .walls = true};
}

static const struct key *find_key(const char *name)
{
	for (size_t i = 0; i < OS_ARRAY_LEN(s_keys); i++) {
		if (strcmp(s_keys[i].name, name) == 0) {
			return &s_keys[i];
		}
	}
	return NULL;
}

static void store(const struct key *key, const char *value, struct os_board_config *config)
{
	char *at = (char *)config + key->at;
	if (key->size == 0) {
		*(bool *)at = strcmp(value, "yes") == 0;
	} else {
		snprintf(at, key->size, "%s", value);
	}
}

/* --- Lines ------------------------------------------------------------------------------------------ */

struct parser {
	const char *name; /* of the file */
	unsigned line;
	bool seen[OS_ARRAY_LEN(s_keys)];
	struct os_board_config config;
	struct os_error *error;
};

static char *trim(char *text)
{
	text += strspn(text, " \t\r");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t\r", text[length - 1]) != NULL) {
		text[--length] = '\0';
	}
	return text;
}

static int take_pair(struct parser *parser, const char *name, const char *value)
{
	const struct key *key = find_key(name);
	if (key == NULL) {
		return os_error_set(parser->error, -EINVAL, "%s:%u: there is no key \"%.40s\"",
		                    parser->name, parser->line, name);
	}
	if (parser->seen[key - s_keys]) {
		return os_error_set(parser->error, -EINVAL, "%s:%u: %s is there twice", parser->name,
		                    parser->line, name);
	}
	bool fits = key->size == 0 || strlen(value) < key->size;
	if (value[0] == '\0' || !fits || !key->is_valid(value)) {
		return os_error_set(parser->error, -EINVAL, "%s:%u: %s is \"%.60s\", expected %s",
		                    parser->name, parser->line, name, value, key->expected);
	}
	parser->seen[key - s_keys] = true;
	store(key, value, &parser->config);
	return 0;
}

static int take_line(struct parser *parser, char *line)
{
	line[strcspn(line, "#")] = '\0';
	line = trim(line);
	if (line[0] == '\0') {
		return 0;
	}
	char *equals = strchr(line, '=');
	if (equals == NULL) {
		return os_error_set(parser->error, -EINVAL, "%s:%u: \"%.60s\" is not key=value",
		                    parser->name, parser->line, line);
	}
	*equals = '\0';
	return take_pair(parser, trim(line), trim(equals + 1));
}

int os_board_config_parse(const char *text, size_t length, const char *name,
                          struct os_board_config *ret_config, struct os_error *ret_error)
{
	struct parser parser = {.name = name, .line = 1, .error = ret_error};
	char line[512];
	os_board_config_init(&parser.config);
	for (size_t at = 0; at < length; parser.line++) {
		const char *end = memchr(text + at, '\n', length - at);
		size_t size = end == NULL ? length - at : (size_t)(end - (text + at));
		if (size >= sizeof(line) || memchr(text + at, '\0', size) != NULL) {
			return os_error_set(ret_error, -EINVAL, "%s:%u: this is no line of text", name,
			                    parser.line);
		}
		memcpy(line, text + at, size);
		line[size] = '\0';
		os_text_mend(line); /* an error shows it */
		int result = take_line(&parser, line);
		if (result < 0) {
			return result;
		}
		at += size + 1;
	}
	*ret_config = parser.config;
	return 0;
}

int os_board_config_read(const char *path, struct os_board_config *ret_config,
                         struct os_error *ret_error)
{
	char text[OS_BOARD_CONFIG_MOST];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		os_board_config_init(ret_config);
		return os_error_set(ret_error, -ENOENT, "%s: there is no such file", path);
	}
	ssize_t length = fd < 0 ? -1 : read(fd, text, sizeof(text));
	int status = length < 0 ? -errno : 0;
	os_fd_close(fd);
	if (status < 0) {
		return os_error_set(ret_error, status, "%s: %s", path, os_status_text(status));
	}
	if ((size_t)length == sizeof(text)) {
		return os_error_set(ret_error, -EFBIG, "%s is longer than %zu bytes", path,
		                    sizeof(text) - 1);
	}
	return os_board_config_parse(text, (size_t)length, path, ret_config, ret_error);
}
