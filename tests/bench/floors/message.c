/* Floors of messages: a bare seqpacket pair with epoll at both ends. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "handover.h"
#include "work.h"

#define BYTES 64

struct end {
	int fd, epoll;
};

static struct end s_end;
static const volatile char *s_memory; /* the frame, as the other process sees it */

static struct end make_end(int fd)
{
	struct end end = {fd, epoll_create1(EPOLL_CLOEXEC)};
	struct epoll_event event = {.events = EPOLLIN};
	epoll_ctl(end.epoll, EPOLL_CTL_ADD, fd, &event);
	return end;
}

static ssize_t wait_and_receive(const struct end *end, char *bytes, size_t size)
{
	struct epoll_event event;
	epoll_wait(end->epoll, &event, 1, -1);
	return recv(end->fd, bytes, size, 0);
}

static void serve(int fd)
{
	char bytes[BYTES];
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	bench_pin(0);
	struct end end = make_end(fd);
	ssize_t length;
	while ((length = wait_and_receive(&end, bytes, sizeof(bytes))) > 0) {
		/* The first pixel of the damage is looked at where a frame was handed over. */
		if (s_memory != NULL) {
			bytes[0] = s_memory[HANDOVER_Y * HANDOVER_WIDTH * 4];
		}
		send(end.fd, bytes, (size_t)length, MSG_NOSIGNAL);
	}
	_exit(0);
}

static void prepare(void)
{
	int fds[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds) < 0) {
		bench_fail("socketpair");
	}
	if (fork() == 0) {
		close(fds[0]);
		serve(fds[1]);
	}
	close(fds[1]);
	bench_pin(1);
	s_end = make_end(fds[0]);
}

/* A pooled surface: the memory is mapped by both once, a message says which part is new. */
static void prepare_handover(void)
{
	int fd = memfd_create("frame", MFD_CLOEXEC);
	size_t bytes = HANDOVER_WIDTH * HANDOVER_HEIGHT * 4;
	if (fd < 0 || ftruncate(fd, (off_t)bytes) < 0) {
		bench_fail("memfd_create");
	}
	s_memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
	if (s_memory == MAP_FAILED) {
		bench_fail("mmap");
	}
	prepare();
}

static double measure(int turns)
{
	double *times = malloc((size_t)turns * sizeof(double));
	char bytes[BYTES] = {0};
	for (int i = 0; i < turns; i++) {
		double began_us = bench_real_us();
		if (send(s_end.fd, bytes, sizeof(bytes), MSG_NOSIGNAL) != sizeof(bytes) ||
		    wait_and_receive(&s_end, bytes, sizeof(bytes)) != sizeof(bytes)) {
			bench_fail("send");
		}
		times[i] = bench_real_us() - began_us;
	}
	double median_us = bench_median(times, turns);
	free(times);
	return median_us;
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "message", .prepare = prepare, .measure = measure},
	    {.name = "frame-handover", .prepare = prepare_handover, .measure = measure},
	};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
