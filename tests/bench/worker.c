#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "work.h"

/* Where a single process runs: not the core that most interrupts go to. */
#define CORE 1

static void become(const char *path, const char *program, int in, int out, bool pinned)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a driver that is killed leaves nothing behind */
	if (pinned) {
		bench_pin(CORE);
	}
	dup2(in, 0);
	dup2(out, 1);
	execl(path, program, (char *)NULL);
	bench_fail(path);
}

void bench_worker_start(struct bench_worker *worker, const char *folder, const char *program,
			bool pinned)
{
	char path[512];
	int in[2], out[2];
	snprintf(path, sizeof(path), "%s/%s", folder, program);
	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0) {
		bench_fail("pipe");
	}
	worker->program = program;
	worker->pid = fork();
	if (worker->pid < 0) {
		bench_fail("fork");
	}
	if (worker->pid == 0) {
		become(path, program, in[0], out[1], pinned);
	}
	close(in[0]);
	close(out[1]);
	worker->questions = fdopen(in[1], "w");
	worker->answers = fdopen(out[0], "r");
}

void bench_worker_ask(struct bench_worker *worker, const char *work, int turns)
{
	fprintf(worker->questions, "%s %d\n", work, turns);
	fflush(worker->questions);
}

double bench_worker_answer(struct bench_worker *worker)
{
	char line[64];
	if (fgets(line, sizeof(line), worker->answers) == NULL) {
		fprintf(stderr, "strata-bench: %s has ended without an answer\n", worker->program);
		exit(1);
	}
	return strtod(line, NULL);
}

void bench_worker_end(struct bench_worker *worker)
{
	fclose(worker->questions);
	fclose(worker->answers);
	while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR) {
	}
}
