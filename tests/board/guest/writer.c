/* Notes as the app Notes keeps them, and what was reported saved of them.
 *
 *	writer FOLDER FIRST PORT      writes notes from number FIRST on, for ever: "saved N" goes to PORT when
 *	                              the store has said that note N is durable
 *	writer FOLDER                 prints the number of each note that is there */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <os/loop.h>

#include "notes_model.h"

/* Some lines, so that a commit is more than one page now and then. */
static void fill(struct cs_object *note, long number)
{
	char text[4096];
	int length = snprintf(text, sizeof(text), "Note %ld", number);
	for (long i = 0; i < number % 37; i++) {
		length += snprintf(text + length, sizeof(text) - (size_t)length,
				   "\nline %ld of what is to be kept of note %ld", i, number);
	}
	notes_model_set_text(note, text);
}

static int write_notes(struct notes_model *model, long number, const char *port)
{
	int fd = open(port, O_WRONLY | O_CLOEXEC);
	struct os_error error;
	while (fd >= 0) {
		char line[32];
		fill(notes_model_create(model), number);
		if (cs_store_flush(model->store, &error) < 0) {
			fprintf(stderr, "note %ld: %s\n", number, error.text);
			return 1;
		}
		int length = snprintf(line, sizeof(line), "saved %ld\n", number++);
		if (write(fd, line, (size_t)length) != length) {
			break;
		}
	}
	perror(port);
	return 1;
}

static int print_notes(struct notes_model *model)
{
	for (size_t i = 0; i < cs_results_count(model->notes); i++) {
		char title[NOTES_TITLE];
		printf("%s\n", notes_model_title(cs_results_at(model->notes, i), title));
	}
	if (model->notice[0] != '\0') {
		fprintf(stderr, "%s\n", model->notice);
		return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct notes_model model = {0};
	struct os_error error;
	if (argc != 2 && argc != 4) {
		fprintf(stderr, "usage: writer FOLDER [FIRST PORT]\n");
		return 2;
	}
	int folder = open(argv[1], O_DIRECTORY | O_CLOEXEC);
	struct os_loop *loop = os_loop_create();
	if (folder < 0 || notes_model_open(&model, folder, &error) < 0) {
		fprintf(stderr, "%s cannot be opened\n", argv[1]);
		return 1;
	}
	int code = argc == 4 ? write_notes(&model, atol(argv[2]), argv[3]) : print_notes(&model);
	notes_model_close(&model);
	os_loop_release(loop);
	return code;
}
