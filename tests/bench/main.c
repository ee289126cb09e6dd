/* usage: strata-bench [GROUP|ROW] [--json] [--quick]
 *
 * Prints figure, floor, ratio and budget of each row. A floor is a bare program of floors/ that does
 * the same work with none of Strata, run in turn with the figure's, several rounds of each; ratio is
 * the median of the rounds' ratios. No time is asserted: what a ratio says holds on any machine, and
 * somebody has to read it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"
#include "work.h"
#include "worker.h"

#define ROUNDS_MAX 64
#define QUICK_ROUNDS 2
#define QUICK_PART 10 /* of the turns */

struct result {
	double figure, floor, ratio;
};

struct options {
	const char *only, *folder;
	bool json, quick;
};

static int turns_of(const struct options *options, const struct bench_side *side)
{
	int turns = options->quick ? side->turns / QUICK_PART : side->turns;
	return turns > 0 ? turns : 1;
}

/* One side's share of a round. */
static double round_of(const struct options *options, struct bench_worker *worker,
		       const struct bench_side *side)
{
	bench_worker_ask(worker, side->work, turns_of(options, side));
	return bench_worker_answer(worker);
}

static void both(const struct options *options, const struct bench_row *row,
		 struct bench_worker *workers, double *ret_figure, double *ret_floor)
{
	if (row->together) {
		bench_worker_ask(&workers[0], row->figure.work, turns_of(options, &row->figure));
		*ret_floor = round_of(options, &workers[1], &row->floor);
		*ret_figure = bench_worker_answer(&workers[0]);
		return;
	}
	*ret_figure = round_of(options, &workers[0], &row->figure);
	if (row->floor.program != NULL) {
		*ret_floor = round_of(options, &workers[1], &row->floor);
	}
}

static struct result run(const struct options *options, const struct bench_row *row)
{
	double figures[ROUNDS_MAX], floors[ROUNDS_MAX], ratios[ROUNDS_MAX];
	struct bench_worker workers[2];
	bool has_floor = row->floor.program != NULL;
	int rounds = options->quick && row->rounds > QUICK_ROUNDS ? QUICK_ROUNDS : row->rounds;
	bench_worker_start(&workers[0], options->folder, row->figure.program, !row->spread);
	if (has_floor) {
		bench_worker_start(&workers[1], options->folder, row->floor.program, !row->spread);
	}
	/* The first round warms up, where there are several. */
	for (int i = rounds > 1 ? -1 : 0; i < rounds; i++) {
		int at = i < 0 ? 0 : i;
		floors[at] = 0;
		both(options, row, workers, &figures[at], &floors[at]);
		ratios[at] = floors[at] > 0 ? figures[at] / floors[at] : 0;
	}
	bench_worker_end(&workers[0]);
	if (has_floor) {
		bench_worker_end(&workers[1]);
	}
	double per = row->per > 0 ? row->per : 1;
	return (struct result){bench_median(figures, rounds) / per,
			       bench_median(floors, rounds) / per, bench_median(ratios, rounds)};
}

/* --- Printing --------------------------------------------------------------------------------------- */

static void print_json(const struct bench_row *row, const struct result *result, bool first)
{
	printf("%s{\"name\": \"%s\", \"figure\": %.6g, \"unit\": \"%s\", ", first ? "[\n" : ",\n",
	       row->name, result->figure, row->unit);
	if (row->floor.program != NULL) {
		printf("\"floor\": %.6g, \"ratio\": %.4g, ", result->floor, result->ratio);
	} else {
		printf("\"floor\": null, \"ratio\": null, ");
	}
	printf("\"budget\": %.6g}", row->budget);
}

static void print_text(const struct bench_row *row, const struct result *result, bool first)
{
	if (first) {
		printf("%-8s %-16s %12s %-5s %12s %7s %7s\n", "group", "name", "figure", "unit",
		       "floor", "ratio", "budget");
	}
	bool has_floor = row->floor.program != NULL;
	printf("%-8s %-16s %12.5g %-5s ", row->group, row->name, result->figure, row->unit);
	if (has_floor) {
		printf("%12.5g %7.2f ", result->floor, result->ratio);
	} else {
		printf("%12s %7s ", "-", "-");
	}
	bool over = (has_floor ? result->ratio : result->figure) > row->budget;
	printf("%7.5g%s\n", row->budget, over ? "  over" : "");
	fflush(stdout);
}

/* --- The command line --------------------------------------------------------------------------------- */

static bool is_wanted(const struct options *options, const struct bench_row *row)
{
	return options->only == NULL || strcmp(options->only, row->group) == 0 ||
	       strcmp(options->only, row->name) == 0;
}

static int print_groups(const char *only)
{
	fprintf(stderr, "strata-bench: there is no group or row %s; there are", only);
	for (size_t i = 0; i < bench_row_count; i++) {
		if (i == 0 || strcmp(bench_rows[i].group, bench_rows[i - 1].group) != 0) {
			fprintf(stderr, "\n  %s:", bench_rows[i].group);
		}
		fprintf(stderr, " %s", bench_rows[i].name);
	}
	fprintf(stderr, "\n");
	return 2;
}

/* The folder that the programs are in: this one's. */
static const char *own_folder(void)
{
	static char s_path[512];
	ssize_t length = readlink("/proc/self/exe", s_path, sizeof(s_path) - 1);
	if (length < 0) {
		bench_fail("/proc/self/exe");
	}
	s_path[length] = '\0';
	*strrchr(s_path, '/') = '\0';
	return s_path;
}

static int run_all(const struct options *options)
{
	bool first = true;
	for (size_t i = 0; i < bench_row_count; i++) {
		const struct bench_row *row = &bench_rows[i];
		if (!is_wanted(options, row)) {
			continue;
		}
		struct result result = run(options, row);
		(options->json ? print_json : print_text)(row, &result, first);
		first = false;
	}
	if (first) {
		return print_groups(options->only);
	}
	if (options->json) {
		printf("\n]\n");
	}
	return fflush(stdout) == 0 ? 0 : 1;
}

int main(int count, char **words)
{
	struct options options = {.folder = own_folder()};
	signal(SIGPIPE, SIG_IGN); /* a program that has ended is told as one without an answer */
	for (int i = 1; i < count; i++) {
		if (strcmp(words[i], "--json") == 0) {
			options.json = true;
		} else if (strcmp(words[i], "--quick") == 0) {
			options.quick = true;
		} else if (words[i][0] != '-' && options.only == NULL) {
			options.only = words[i];
		} else {
			fprintf(stderr, "usage: strata-bench [GROUP|ROW] [--json] [--quick]\n");
			return 2;
		}
	}
	return run_all(&options);
}
