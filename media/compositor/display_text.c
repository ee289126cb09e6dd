/* What the display says of itself: asked on its thread, answered on the loop thread. */
#include "display_private.h"

#include <stdio.h>

#include <os/memory.h>

struct question {
	struct display *display;
	display_text_fn fn;
	void *context;
	char text[DISPLAY_TEXT];
};

static void answer(void *context)
{
	struct question *question = context;
	atomic_fetch_sub(&question->display->notes, 1);
	question->fn(question->context, question->text);
	os_free(question);
}

static void ask(void *context)
{
	struct question *question = context;
	struct display *display = question->display;
	const struct os_display_door *door = display->options.board->display;
	snprintf(question->text, sizeof(question->text), "%s", display->options.driver);
	if (door->describe != NULL) {
		door->describe(display->door, question->text, sizeof(question->text));
	}
	atomic_fetch_add(&display->notes, 1);
	os_loop_post(display->main_loop, answer, question);
}

void display_ask_text(struct display *display, display_text_fn fn, void *context)
{
	struct question *question = os_alloc(sizeof(*question));
	question->display = display;
	question->fn = fn;
	question->context = context;
	os_loop_post(display->loop, ask, question);
}
