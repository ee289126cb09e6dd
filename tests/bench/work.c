#include "work.h"

#include <errno.h>
#include <ftw.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char s_folder[256];

/* --- Clocks and numbers --------------------------------------------------------------------------- */

static double read_us(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

double bench_real_us(void)
{
	return read_us(CLOCK_MONOTONIC);
}

double bench_cpu_us(void)
{
	return read_us(CLOCK_PROCESS_CPUTIME_ID);
}

static int compare(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;
	return (one > other) - (one < other);
}

double bench_part(double *values, int count, double part)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return values[(int)((double)(count - 1) * part + 0.5)];
}

double bench_median(double *values, int count)
{
	return bench_part(values, count, 0.5);
}

int bench_shuffle(int number, int count)
{
	/* A step that has no divisor in common with any count up to it: 2^31 - 1 is prime. */
	return (int)((int64_t)number * 2147483647 % count);
}

/* --- The process ------------------------------------------------------------------------------------ */

void bench_fail(const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
	exit(1);
}

void bench_pin(int core)
{
	cpu_set_t cores;
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	CPU_ZERO(&cores);
	CPU_SET(core < online ? core : (int)online - 1, &cores);
	sched_setaffinity(0, sizeof(cores), &cores); /* may be refused: then it runs where it may */
}

static int remove_one(const char *path, const struct stat *about, int type, struct FTW *place)
{
	return remove(path);
}

static void remove_folder(void)
{
	nftw(s_folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *bench_folder(void)
{
	if (s_folder[0] == '\0') {
		const char *root = getenv("TMPDIR");
		snprintf(s_folder, sizeof(s_folder), "%s/strata-bench.XXXXXX",
			 root ? root : "/tmp");
		if (mkdtemp(s_folder) == NULL) {
			bench_fail(s_folder);
		}
		atexit(remove_folder);
	}
	return s_folder;
}

double bench_private_kb(int pid)
{
	char path[64], line[256];
	snprintf(path, sizeof(path), "/proc/%d/smaps_rollup", pid);
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		bench_fail(path);
	}
	long sum = 0, kb;
	while (fgets(line, sizeof(line), file) != NULL) {
		if (sscanf(line, "Private_Dirty: %ld", &kb) == 1) {
			sum += kb;
		}
	}
	fclose(file);
	return (double)sum;
}

/* --- Serving ------------------------------------------------------------------------------------------ */

static const struct bench_work *find(const struct bench_work *works, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(works[i].name, name) == 0) {
			return &works[i];
		}
	}
	fprintf(stderr, "%s: there is no work %s\n", program_invocation_short_name, name);
	exit(1);
}

static double run_turns(const struct bench_work *work, int turns)
{
	static int s_number;
	double began_us = bench_cpu_us();
	for (int i = 0; i < turns; i++) {
		work->turn(s_number++);
	}
	return (bench_cpu_us() - began_us) / turns;
}

int bench_serve(const struct bench_work *works, size_t count)
{
	FILE *answers = fdopen(dup(1), "w");
	const struct bench_work *prepared = NULL;
	char line[128], name[96];
	int turns;
	if (answers == NULL || dup2(2, 1) < 0) {
		bench_fail("stdout");
	}
	while (fgets(line, sizeof(line), stdin) != NULL) {
		if (sscanf(line, "%95s %d", name, &turns) != 2 || turns < 1) {
			fprintf(stderr, "%s: wanted NAME TURNS, not %s",
				program_invocation_short_name, line);
			return 2;
		}
		const struct bench_work *work = find(works, count, name);
		if (work->prepare != NULL && work != prepared) {
			work->prepare();
		}
		prepared = work;
		fprintf(answers, "%.6f\n",
			work->measure ? work->measure(turns) : run_turns(work, turns));
		fflush(answers);
	}
	return 0;
}
