/* Lists: the rows and the finger of the ui rows, for figures and floors alike. */
#ifndef BENCH_LISTS_H
#define BENCH_LISTS_H

#include <stdio.h>

#define LIST_WIDTH 800
#define LIST_HEIGHT 480
#define LIST_ROW_HEIGHT 44
#define LIST_TOP_BAR 64
#define LIST_BOTTOM_BAR 56
#define LIST_BAR_ALPHA 230
#define LIST_STEP_PX LIST_ROW_HEIGHT /* so that each step shows one new row */
#define LIST_STEPS 8                 /* one way, between the bars; then the finger turns back */
#define TEXT_STEP_PX 16              /* a thumb that reads on: some 1000 pt/s */
#define TEXT_STEPS 22

/* Where a finger is that goes up and down for ever, so far in each of so many steps one way. */
static inline int finger_y(int number, int step_px, int steps)
{
	int at = number % (2 * steps);
	return LIST_HEIGHT - LIST_BOTTOM_BAR - 4 - (at < steps ? at : 2 * steps - at) * step_px;
}

static inline int list_finger_y(int number)
{
	return finger_y(number, LIST_STEP_PX, LIST_STEPS);
}

/* Each row that is filled is one that nobody has seen. */
static inline int list_text(char *text, size_t size)
{
	static int s_number;
	return snprintf(text, size, "Contact number %d", s_number++ % 1000000);
}

#endif
