/* Rows: FEEL.md's budgets as a table: which work, beside which floor, how often. */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

#include <stdbool.h>
#include <stddef.h>

/* One side of a row: a program beside the driver, a work of it, turns in a round. */
struct bench_side {
	const char *program, *work;
	int turns;
};

struct bench_row {
	const char *group, *name, *unit;
	double budget; /* the largest ratio; without a floor the largest figure */
	struct bench_side figure;
	struct bench_side floor; /* program NULL: a plain figure */
	int rounds;
	double per;    /* what the programs' numbers are divided by for the unit; 0: 1 */
	bool spread;   /* over all cores: more than one process, or waiting */
	bool together; /* figure and floor at the same time: what disturbs one disturbs both */
};

extern const struct bench_row bench_rows[];
extern const size_t bench_row_count;

#endif
