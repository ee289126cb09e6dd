/* Floor of the frame clock: a bare timerfd with epoll. */
#include <stdint.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "ticks.h"
#include "work.h"

#define PERIOD_NS (1000000000L / TICKS_HZ)

static double measure(int turns)
{
	double *late_us = malloc((size_t)turns * sizeof(double));
	struct timespec now;
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = {.events = EPOLLIN};
	clock_gettime(CLOCK_MONOTONIC, &now);
	now.tv_nsec += now.tv_nsec < 990000000 ? 1000000 : 0;
	const struct itimerspec setting = {.it_interval = {0, PERIOD_NS},
					   .it_value = {now.tv_sec, now.tv_nsec}};
	timerfd_settime(timer, TFD_TIMER_ABSTIME, &setting, NULL);
	epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event);
	double origin_us = (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
	uint64_t past = 0;
	for (int i = 0; i < turns; i++) {
		uint64_t fired = 0;
		epoll_wait(epoll, &event, 1, -1);
		late_us[i] = bench_real_us() - (origin_us + (double)past * PERIOD_NS / 1e3);
		if (read(timer, &fired, sizeof(fired)) != sizeof(fired)) {
			bench_fail("timerfd");
		}
		past += fired;
	}
	double result = bench_part(late_us, turns, TICKS_PART);
	close(timer);
	close(epoll);
	free(late_us);
	return result;
}

int main(void)
{
	static const struct bench_work s_works[] = {{.name = "clock", .measure = measure}};
	return bench_serve(s_works, sizeof(s_works) / sizeof(s_works[0]));
}
