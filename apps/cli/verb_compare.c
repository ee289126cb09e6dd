#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include <md/image.h>
#include <os/file.h>

#include "cli.h"

static const struct cli_option s_options[] = {
    {"--tolerance", "N", "largest difference of a channel that counts as the same, of 255 (0)"},
    {"--picture", "FILE.png", "where to write a picture of the differences"},
    {NULL},
};

static int write_picture(const char *path, const struct md_image *picture)
{
	struct os_buffer png = {0};
	int result = md_image_write_png(picture, &png);
	if (result == 0) {
		result = cli_make_folders_for(path);
	}
	if (result == 0) {
		result = os_file_write_atomic(AT_FDCWD, path, png.bytes, png.length);
	}
	os_buffer_finish(&png);
	return result;
}

static int compare(struct cli *cli, const struct md_image *a, const struct md_image *b,
		   int tolerance)
{
	struct md_image_difference difference;
	struct md_image *picture = NULL;
	const char *path = cli_value(cli, "--picture");
	if (md_image_compare(a, b, tolerance, &difference, path ? &picture : NULL) < 0) {
		int size[4];
		md_image_size_px(a, &size[0], &size[1]);
		md_image_size_px(b, &size[2], &size[3]);
		return cli_fail(CLI_FAILED, "%s is %dx%d px, %s is %dx%d", cli->arguments[0],
				size[0], size[1], cli->arguments[1], size[2], size[3]);
	}
	struct os_buffer out = {0};
	os_buffer_printf(&out,
			 cli->json ? "{\"pixels\": %lld, \"largest\": %d}"
				   : "%lld pixels differ; the largest difference is %d of 255",
			 (long long)difference.pixels, difference.largest);
	int code = cli_print(&out);
	if (difference.pixels > 0) {
		code = CLI_FAILED;
		int result = path ? write_picture(path, picture) : 0;
		if (result < 0) {
			cli_fail(CLI_FAILED, "%s cannot be written: %s", path,
				 os_status_text(result));
		}
	}
	md_image_release(picture);
	return code;
}

static int run(struct cli *cli)
{
	const char *word = cli_value(cli, "--tolerance");
	char *end = NULL;
	long tolerance = word ? strtol(word, &end, 10) : 0;
	if (word && (end == word || *end || tolerance < 0 || tolerance > 255)) {
		return cli_usage(cli, "--tolerance takes 0 to 255, not %s", word);
	}
	struct os_error error;
	struct md_image *a = md_image_create_from_file(AT_FDCWD, cli->arguments[0], &error);
	if (!a) {
		return cli_fail(CLI_FAILED, "%s", error.text);
	}
	struct md_image *b = md_image_create_from_file(AT_FDCWD, cli->arguments[1], &error);
	int code = b ? compare(cli, a, b, (int)tolerance) : cli_fail(CLI_FAILED, "%s", error.text);
	md_image_release(a);
	md_image_release(b);
	return code;
}

const struct cli_verb cli_verb_compare = {
    .name = "compare",
    .arguments = "A.png B.png",
    .summary = "tells how far two pictures are apart",
    .help = "The exit code is 0 when they are the same, 1 when they differ.",
    .options = s_options,
    .least = 2,
    .most = 2,
    .json = true,
    .run = run};
