/* Labels: the texts of the label rows, for figure and floor alike. */
#ifndef BENCH_LABELS_H
#define BENCH_LABELS_H

#include <stdio.h>

#define LABEL_SIZE 17
#define LABEL_WIDTH 400
#define LABEL_X 16
#define LABELS_SEEN 64

static inline int label_text(char *text, size_t size, int number)
{
	return snprintf(text, size, "Contact number %d", number % 1000000);
}

static inline int label_y(int number)
{
	return number % 20 * 22;
}

#endif
