/* The stacks of a process that hangs, taken by ptrace: each thread is stopped, copied and let go. */
#include <os/crash.h>

#include "crash_record.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <os/clock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STACK_BYTES (24 * 1024)
#define THREADS_MAX 8
#define WAIT_US                                                                                    \
	(12 * OS_US_PER_MS) /* for each thread; one in the middle of a disk's work takes longer */

#if defined(__x86_64__)
static bool read_registers(pid_t tid, struct crash_thread *thread)
{
	struct user_regs_struct registers;
	struct iovec part = {&registers, sizeof(registers)};
	if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &part) < 0) {
		return false;
	}
	const uint64_t ordered[16] = {registers.rax, registers.rdx, registers.rcx, registers.rbx,
				      registers.rsi, registers.rdi, registers.rbp, registers.rsp,
				      registers.r8,  registers.r9,  registers.r10, registers.r11,
				      registers.r12, registers.r13, registers.r14, registers.r15};
	memcpy(thread->registers, ordered, sizeof(ordered));
	thread->pc = registers.rip;
	thread->registers[CRASH_RETURN] = registers.rip;
	return true;
}
#elif defined(__aarch64__)
static bool read_registers(pid_t tid, struct crash_thread *thread)
{
	struct user_regs_struct registers;
	struct iovec part = {&registers, sizeof(registers)};
	if (ptrace(PTRACE_GETREGSET, tid, (void *)NT_PRSTATUS, &part) < 0) {
		return false;
	}
	memcpy(thread->registers, registers.regs, sizeof(registers.regs));
	thread->registers[CRASH_STACK_POINTER] = registers.sp;
	thread->registers[32] = registers.pc;
	thread->pc = registers.pc;
	return true;
}
#endif

static void read_name(pid_t pid, pid_t tid, char name[16])
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/task/%d/comm", pid, tid);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, name, 15) : 0;
	name[n > 0 ? n : 0] = '\0';
	name[strcspn(name, "\n")] = '\0';
	if (fd >= 0) {
		close(fd);
	}
}

static bool wait_until_stopped(pid_t tid)
{
	const struct timespec moment = {0, 200000};
	int64_t give_up_us = os_clock_real_us() + WAIT_US;
	int status = 0;
	pid_t got;
	while ((got = waitpid(tid, &status, __WALL | WNOHANG)) == 0 &&
	       os_clock_real_us() < give_up_us) {
		nanosleep(&moment, NULL);
	}
	return got == tid && WIFSTOPPED(status);
}

static int capture_thread(struct crash_writer *writer, pid_t pid, pid_t tid, int memory)
{
	if (ptrace(PTRACE_SEIZE, tid, NULL, NULL) < 0) {
		return -errno;
	}
	struct crash_thread thread = {.tid = tid};
	if (ptrace(PTRACE_INTERRUPT, tid, NULL, NULL) == 0 && wait_until_stopped(tid) &&
	    read_registers(tid, &thread)) {
		read_name(pid, tid, thread.name);
		crash_write_chunk(writer, CRASH_THREAD, &thread, sizeof(thread), NULL, 0);
		crash_write_stack(writer, memory, thread.registers[CRASH_STACK_POINTER],
				  STACK_BYTES);
	}
	/* One that did not stop in time stays ours, and stops when it can; it is killed after this. */
	(void)ptrace(PTRACE_DETACH, tid, NULL, NULL);
	return 0;
}

static int open_proc(pid_t pid, const char *name, int flags)
{
	char path[64];
	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	int fd = open(path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* The main thread comes first: its directory entry has the lowest number. */
static int capture_threads(struct crash_writer *writer, pid_t pid, int memory)
{
	int folder = open_proc(pid, "task", O_RDONLY | O_DIRECTORY);
	DIR *stream = folder >= 0 ? fdopendir(folder) : NULL;
	const struct dirent *entry;
	int count = 0, result = stream == NULL ? -ESRCH : 0;
	while (stream != NULL && count < THREADS_MAX && (entry = readdir(stream)) != NULL) {
		int tid = atoi(entry->d_name);
		if (tid > 0) {
			int status = capture_thread(writer, pid, tid, memory);
			result = count == 0 ? status : result;
			count++;
		}
	}
	if (stream != NULL) {
		closedir(stream);
	}
	return result;
}

int os_crash_capture(pid_t pid, int record_fd)
{
	int memory = open_proc(pid, "mem", O_RDONLY), maps = open_proc(pid, "maps", O_RDONLY);
	int result = memory < 0 ? memory : maps < 0 ? maps : 0;
	if (result == 0) {
		struct crash_header header = {.magic = CRASH_MAGIC,
					      .version = CRASH_VERSION,
					      .kind = CRASH_HANG,
					      .registers = CRASH_REGISTERS};
		struct crash_writer writer;
		crash_write_begin(&writer, record_fd, &header);
		result = capture_threads(&writer, pid, memory);
		crash_write_modules(&writer, maps, memory);
		crash_write_end(&writer);
	}
	if (memory >= 0) {
		close(memory);
	}
	if (maps >= 0) {
		close(maps);
	}
	return result;
}
