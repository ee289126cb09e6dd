/* A hostile app. Arguments: what to do, the folder of all containers, another app's id, a pid. */
#include "attacks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <os/clock.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

struct attack_aim attack_aim;

int attack_result(long returned)
{
	return returned < 0 ? errno : 0;
}

int attack_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);
	if (fd < 0) {
		return errno;
	}
	close(fd);
	return 0;
}

static void run_all(const struct attack *attacks)
{
	for (const struct attack *attack = attacks; attack->name != NULL; attack++) {
		printf("%s %d\n", attack->name, attack->run());
		fflush(stdout);
	}
}

/* --- What is so, rather than what can be done ----------------------------------------------------- */

static void print_descriptors(void)
{
	/* By trying each number: listing the folder needs a descriptor itself. */
	printf("descriptors");
	for (int fd = 0; fd < 1024; fd++) {
		if (fcntl(fd, F_GETFD) >= 0) {
			printf(" %d", fd);
		}
	}
	printf("\n");
}

static void print_matching(const char *path, const char *const *words)
{
	char line[4096];
	FILE *file = fopen(path, "re");
	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		for (size_t i = 0; words[i] != NULL; i++) {
			if (strncmp(line, words[i], strlen(words[i])) == 0) {
				printf("%s", line);
			}
		}
	}
	if (file != NULL) {
		fclose(file);
	}
}

static bool file_contains(const char *path, const char *word)
{
	char line[4096];
	bool found = false;
	FILE *file = fopen(path, "re");
	while (file != NULL && !found && fgets(line, sizeof(line), file) != NULL) {
		found = strstr(line, word) != NULL;
	}
	if (file != NULL) {
		fclose(file);
	}
	return found;
}

static void *increment(void *context)
{
	++*(int *)context;
	return NULL;
}

static int count_threads_made(void)
{
	int counts[8] = {0}, sum = 0;
	pthread_t threads[8];
	for (int i = 0; i < 8; i++) {
		if (pthread_create(&threads[i], NULL, increment, &counts[i]) != 0) {
			return -1;
		}
	}
	for (int i = 0; i < 8; i++) {
		pthread_join(threads[i], NULL);
		sum += counts[i];
	}
	return sum;
}

static int count_entries(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;
	const struct dirent *entry;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		count += entry->d_name[0] != '.';
	}
	if (folder != NULL) {
		closedir(folder);
	}
	return folder != NULL ? count : -1;
}

static int count_processes_seen(void)
{
	int count = 0;
	char path[32];
	for (int pid = 1; pid < 400; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/stat", pid);
		count += access(path, F_OK) == 0;
	}
	return count;
}

static void print_facts(void)
{
	static const char *const words[] = {"CapInh", "CapPrm",     "CapEff",   "CapBnd",
					    "CapAmb", "NoNewPrivs", "Seccomp:", NULL};
	struct utsname name;
	uname(&name);
	print_descriptors();
	print_matching("/proc/self/status", words);
	printf("pid %d uid %d host %s\n", getpid(), getuid(), name.nodename);
	printf("other app named in mountinfo %d\n",
	       file_contains("/proc/self/mountinfo", attack_aim.other));
	printf("devices %d\n", count_entries("/dev"));
	printf("processes %d\n", count_processes_seen());
	printf("threads %d\n", count_threads_made());
	printf("resource %d\n", attack_open("/app/resource", O_RDONLY));
	printf("container %d\n", attack_open("/data/note", O_RDWR | O_CREAT));
	printf("fonts %d\n", attack_open("/etc/fonts/fonts.conf", O_RDONLY));
	printf("null %d\n", attack_open("/dev/null", O_RDWR));
	printf("random %d\n", attack_open("/dev/urandom", O_RDONLY));
	mkdir("/data/a", 0700);
	mkdir("/data/b", 0700);
	printf("file %d\n", attack_open("/data/a/file", O_RDWR | O_CREAT));
	printf("moved %d\n", attack_result(rename("/data/a/file", "/data/b/file")));
	printf("clock %d\n", os_clock_real_us() > 0);
	printf("port %d\n", attack_result(write(3, "hello", 5)));
}

#ifdef __x86_64__
/* Another architecture's way in: its numbers mean other calls, so the filter must not count them. */
static void call_as_32_bit(void)
{
	long result;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(20 /* getpid */)
			 : "memory", "r8", "r9", "r10", "r11");
	printf("int80 %ld\n", result);
}

static void call_as_x32(void)
{
	printf("x32 %ld\n", syscall(0x40000000 + 39 /* getpid */));
}
#endif

static void eat(void)
{
	for (size_t eaten = 0; eaten < 512; eaten++) {
		char *memory = malloc(1 << 20);
		memset(memory, 1, 1 << 20);
		__asm__ volatile("" : : "r"(memory) : "memory");
	}
}

static void *wait_for_ever(void *context)
{
	pause();
	return NULL;
}

static void flood(void)
{
	pthread_t thread;
	int count = 0;
	while (count < 200 && pthread_create(&thread, NULL, wait_for_ever, NULL) == 0) {
		count++;
	}
	printf("%d\n", count);
}

static void fault(void)
{
	signal(SIGSEGV, SIG_DFL); /* a sanitizer would make an exit of it */
	/* Not known to the compiler, so that it must not think about it. */
	volatile uintptr_t address = 8;
	*(volatile int *)address = 1;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	const char *what = argc > 1 ? argv[1] : "";
	attack_aim.data = argc > 2 ? argv[2] : "";
	attack_aim.other = argc > 3 ? argv[3] : "";
	attack_aim.host_pid = argc > 4 ? atoi(argv[4]) : 1;
	if (strcmp(what, "attack") == 0) {
		run_all(attacks_on_files);
		run_all(attacks_on_processes);
		run_all(attacks_on_kernel);
		run_all(attacks_on_network);
		run_all(attacks_on_lines);
		run_all(attacks_with_lines);
	} else if (strcmp(what, "lines") == 0) {
		run_all(attacks_on_lines);
		run_all(attacks_with_lines);
	} else if (strcmp(what, "facts") == 0) {
		print_facts();
	} else if (strcmp(what, "exit") == 0) {
		return 42;
	} else if (strcmp(what, "abort") == 0) {
		abort();
	} else if (strcmp(what, "fault") == 0) {
		fault();
	} else if (strcmp(what, "eat") == 0) {
		eat();
	} else if (strcmp(what, "flood") == 0) {
		flood();
	} else if (strcmp(what, "wait") == 0) {
		printf("waiting\n");
		pause();
#ifdef __x86_64__
	} else if (strcmp(what, "int80") == 0) {
		call_as_32_bit();
	} else if (strcmp(what, "x32") == 0) {
		call_as_x32();
#endif
	}
	return 0;
}
