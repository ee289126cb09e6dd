#include "bundle_build.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cs/bundle.h>
#include <os/file.h>
#include <os/memory.h>
#include <os/path.h>

#include "copy_tree.h"
#include "session.h"

static const char *const s_layers[] = {"core-os", "core-services", "media", "touch-ui"};

static bool ends_in(const char *name, const char *end)
{
	size_t length = strlen(name), tail = strlen(end);
	return length > tail && strcmp(name + length - tail, end) == 0;
}

static int is_source(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && ends_in(entry->d_name, ".c");
}

bool bundle_has_sources(const char *folder)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_source, alphasort);
	for (int i = 0; i < count; i++) {
		free(entries[i]);
	}
	free(entries);
	return count > 0;
}

/* Everything but what only the build needs: sources, build files, the app's own tests. */
static bool is_wanted(void *context, const char *name)
{
	static const char *const s_left_out[] = {".c", ".h", ".touch", ".md", ".in"};
	for (size_t i = 0; i < OS_ARRAY_LEN(s_left_out); i++) {
		if (ends_in(name, s_left_out[i])) {
			return false;
		}
	}
	return strcmp(name, "meson.build") != 0 && strcmp(name, "build") != 0;
}

/* --- Where ------------------------------------------------------------------------------------ */

/* FNV-1a, so that two folders of the same name do not share a build. */
static uint64_t hash_of(const char *text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (; *text; text++) {
		hash = (hash ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
	}
	return hash;
}

/* Beside the devices, under a name that no device can have. */
static int make_work_folder(struct cli *cli, const char *folder, char ret_path[OS_LAYOUT_MAX])
{
	char data[OS_LAYOUT_MAX];
	int result = cli_data_folder(cli, data);
	if (result < 0) {
		return result;
	}
	*strrchr(data, '/') = '\0';
	int length = snprintf(ret_path, OS_LAYOUT_MAX, "%s/.build/%s-%08x/", data,
			      strrchr(folder, '/') + 1, (unsigned)hash_of(folder));
	if (length >= OS_LAYOUT_MAX) {
		return -ENAMETOOLONG;
	}
	result = cli_make_folders_for(ret_path);
	ret_path[length - 1] = '\0';
	return result;
}

/* --- The build file --------------------------------------------------------------------------- */

/* A path as ninja wants it in a statement. */
static void add_path(struct os_buffer *out, const char *path)
{
	for (; *path; path++) {
		if (*path == ' ' || *path == ':' || *path == '$') {
			os_buffer_add_char(out, '$');
		}
		os_buffer_add_char(out, *path);
	}
}

/* A path as a word of a command in ninja's file. */
static void add_word(struct os_buffer *out, const char *path)
{
	os_buffer_add_text(out, " '");
	for (; *path; path++) {
		if (*path == '\'') {
			os_buffer_add_text(out, "'\\''");
		} else {
			os_buffer_add_text(out, *path == '$' ? "$$" : (char[]){*path, '\0'});
		}
	}
	os_buffer_add_char(out, '\'');
}

static int add_flags(struct os_buffer *out)
{
	char root[OS_LAYOUT_MAX], checkout[OS_LAYOUT_MAX], library[OS_LAYOUT_MAX];
	int result = cli_root(root);
	bool built = cli_checkout(checkout) == 0;
	os_buffer_add_text(
	    out, "flags = -std=gnu11 -D_GNU_SOURCE -fPIC -fvisibility=hidden -O2 -g -Wall "
		 "-Wextra -Wno-unused-parameter -Wno-missing-field-initializers "
		 "-ffp-contract=off -fno-strict-aliasing -fdiagnostics-color=auto");
	for (size_t i = 0; i < OS_ARRAY_LEN(s_layers) && result == 0; i++) {
		char *include = built ? os_format("-I%s/%s/include", checkout, s_layers[i])
				      : os_format("-I%s/include/strata", root);
		add_word(out, include);
		os_free(include);
	}
	os_buffer_add_text(out, "\nlibraries =");
	for (size_t i = 0; i < OS_ARRAY_LEN(s_layers) && result == 0; i++) {
		result = os_layout_library(root, s_layers[i], library);
		if (result == 0) {
			add_word(out, library);
			*strrchr(library, '/') = '\0';
			char *where = os_format("-Wl,-rpath,%s", library);
			add_word(out, where);
			os_free(where);
		}
	}
	os_buffer_add_text(
	    out, "\n\nrule cc\n  command = cc $flags -MD -MF $out.d -c '$in_path' -o $out\n"
		 "  depfile = $out.d\n  deps = gcc\n  description = compiling $in_path\n"
		 "rule link\n  command = cc -shared -Wl,--no-undefined -o '$out_path' $in "
		 "$libraries -lm -lpthread\n  description = linking $out_path\n"
		 "rule svg\n  command = rsvg-convert --width=128 --height=128 --output '$out_path' "
		 "'$in_path'\n  description = drawing $out_path\n\n");
	return result;
}

/* An icon that is drawn as icon.svg becomes the icon.png that the manifest names. */
static void add_icon(struct os_buffer *out, const char *folder, const char *icon)
{
	if (!ends_in(icon, ".png")) {
		return;
	}
	char *png = os_format("%s/%s", folder, icon);
	char *svg = os_format("%s/%.*ssvg", folder, (int)strlen(icon) - 3, icon);
	if (access(png, F_OK) < 0 && access(svg, F_OK) == 0) {
		os_buffer_add_text(out, "build bundle/");
		add_path(out, icon);
		os_buffer_add_text(out, ": svg ");
		add_path(out, svg);
		os_buffer_printf(out, "\n  in_path = %s\n  out_path = bundle/%s\n", svg, icon);
	}
	os_free(svg);
	os_free(png);
}

static int write_ninja(const char *folder, const char *work, const struct cs_manifest *manifest)
{
	const char *module = manifest->module;
	struct os_buffer out = {0}, objects = {0};
	struct dirent **entries = NULL;
	int result = add_flags(&out);
	int count = scandir(folder, &entries, is_source, alphasort);
	for (int i = 0; i < count; i++) {
		char *source = os_format("%s/%s", folder, entries[i]->d_name);
		os_buffer_add_char(&objects, ' ');
		add_path(&objects, entries[i]->d_name);
		os_buffer_add_text(&objects, ".o");
		os_buffer_add_text(&out, "build ");
		add_path(&out, entries[i]->d_name);
		os_buffer_add_text(&out, ".o: cc ");
		add_path(&out, source);
		os_buffer_printf(&out, "\n  in_path = %s\n", source);
		os_free(source);
		free(entries[i]);
	}
	free(entries);
	os_buffer_add_text(&out, "build bundle/");
	add_path(&out, module);
	os_buffer_printf(&out, ": link%s\n  out_path = bundle/%s\n", os_buffer_text(&objects),
			 module);
	add_icon(&out, folder, manifest->icon);
	char *path = os_format("%s/build.ninja", work);
	if (result == 0) {
		result = os_file_write_atomic(AT_FDCWD, path, out.bytes, out.length);
	}
	os_free(path);
	os_buffer_finish(&objects);
	os_buffer_finish(&out);
	return result;
}

static int run_ninja(const char *work)
{
	pid_t child = fork();
	if (child == 0) {
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execlp("ninja", "ninja", "-C", work, "--quiet", (char *)NULL);
		fprintf(stderr, "strata: ninja cannot be started: %s\n", os_status_text(-errno));
		_exit(127);
	}
	int status = 0;
	if (child < 0 || waitpid(child, &status, 0) < 0) {
		return -errno;
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EILSEQ;
}

/* --- All of it -------------------------------------------------------------------------------- */

static int read_manifest(const char *folder, struct cs_manifest *ret_manifest)
{
	struct os_error error;
	struct os_buffer text = {0};
	char *path = os_format("%s/manifest.json", folder);
	int result = os_file_read(AT_FDCWD, path, CS_MANIFEST_MAX_BYTES, &text);
	if (result < 0) {
		cli_fail(CLI_FAILED, "%s: expected an app's manifest: %s", path,
			 os_status_text(result));
	} else {
		result = cs_manifest_parse(os_buffer_text(&text), text.length, path,
					   CS_BUNDLE_OF_USER, ret_manifest, &error);
		if (result < 0) {
			cli_fail(CLI_FAILED, "%s", error.text);
		}
	}
	os_free(path);
	os_buffer_finish(&text);
	return OS_MIN(result, 0);
}

/* Takes out what an earlier build left and the sources no longer have. */
static void clear_bundle(const char *work)
{
	int folder = open(work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		os_path_remove(folder, "bundle");
	}
	os_fd_close(folder);
}

int bundle_build(struct cli *cli, const char *folder, char ret_bundle[OS_LAYOUT_MAX])
{
	static const struct copy_tree_rules s_rules = {.wanted = is_wanted};
	struct cs_manifest manifest;
	char work[OS_LAYOUT_MAX];
	int result = read_manifest(folder, &manifest);
	if (result < 0) {
		return result;
	}
	result = make_work_folder(cli, folder, work);
	if (result == 0) {
		clear_bundle(work);
		snprintf(ret_bundle, OS_LAYOUT_MAX, "%.*s/bundle", OS_LAYOUT_MAX - 8, work);
		result = copy_tree(folder, ret_bundle, &s_rules);
	}
	if (result == 0) {
		result = write_ninja(folder, work, &manifest);
	}
	cs_manifest_finish(&manifest);
	if (result < 0) {
		cli_fail(CLI_FAILED, "%s cannot be built: %s", folder, os_status_text(result));
		return result;
	}
	result = run_ninja(work);
	if (result < 0) {
		cli_fail(CLI_FAILED, "%s does not build; see above", folder);
	}
	return result;
}
