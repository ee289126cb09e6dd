/* Work: what a figure's or a floor's program can do, and how much of it is measured. Of libc alone,
 * so that floors have none of Strata.
 *
 *	static void turn(int number) { … one label … }
 *	static const struct bench_work s_works[] = {
 *		{.name = "label-new", .prepare = prepare, .turn = turn},
 *	};
 *	int main(void)
 *	{
 *		return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
 *	}
 *
 * The driver (main.c) writes "NAME TURNS" on the program's stdin, and the program answers with one
 * number: microseconds a turn, or what the work's own `measure` returns. Turns are timed by the
 * processor's time that the process spent, all threads, so that what else the machine does counts
 * as little as may be. stdout is the driver's; what is printed goes to stderr. */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_work {
	const char *name;
	void (*prepare)(void);        /* once, before the first turn; may be NULL */
	void (*turn)(int number);     /* number goes up from 0 and never back */
	double (*measure)(int turns); /* instead of turn: measures by itself */
};

int bench_serve(const struct bench_work *works, size_t count);

/* --- For works that measure by themselves -------------------------------------------------------- */

double bench_real_us(void); /* CLOCK_MONOTONIC */
double bench_cpu_us(void);  /* of the process */
/* These sort the values. part: 0.5 is the median. */
double bench_part(double *values, int count, double part);
double bench_median(double *values, int count);
void bench_pin(
    int core); /* this thread, and what it starts, to one core; the last one if there are fewer */
void bench_fail(const char *what) __attribute__((noreturn)); /* a sentence, errno, and the end */
/* A new empty folder, removed with what is in it when the program ends. */
const char *bench_folder(void);
/* Memory in kB that is a process's own and that it has written: what goes when it goes. Clean pages of
 * files count nowhere; whether anybody else has the same ones mapped is chance. */
double bench_private_kb(int pid);
/* Of a row of smaller parts: 0 … count - 1, all over the range, the same each time. */
int bench_shuffle(int number, int count);

#endif
