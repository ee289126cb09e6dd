/* Worker: a figure's or floor's program, started and asked by the driver (work.h is its other end).
 *
 *	struct bench_worker worker;
 *	bench_worker_start(&worker, folder, "figures-media", true);
 *	bench_worker_ask(&worker, "composite-list", 200);
 *	double us = bench_worker_answer(&worker);
 *	bench_worker_end(&worker);
 *
 * A program that fails ends the driver with a sentence. */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

struct bench_worker {
	pid_t pid;
	const char *program;
	FILE *questions, *answers;
};

void bench_worker_start(struct bench_worker *worker, const char *folder, const char *program,
			bool pinned);
void bench_worker_ask(struct bench_worker *worker, const char *work, int turns);
double bench_worker_answer(struct bench_worker *worker);
void bench_worker_end(struct bench_worker *worker);

#endif
