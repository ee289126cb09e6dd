/* The half inside the process. After install only async-signal-safe calls are made, on a stack of the
 * handler's own, so that a stack that ran over can be told as well. */
#include <os/crash.h>

#include "crash_record.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define HANDLER_STACK_BYTES (64 * 1024)
#define STACK_BYTES (96 * 1024)

static const int s_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

static struct {
	int fd;
	void *stack;
	volatile sig_atomic_t entered;
} s_crash = {.fd = -1};

#if defined(__x86_64__)
static void read_registers(const ucontext_t *context, struct crash_thread *thread)
{
	/* From the kernel's order to DWARF's: rax rdx rcx rbx rsi rdi rbp rsp r8 to r15, return address. */
	static const int order[16] = {REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI,
				      REG_RBP, REG_RSP, REG_R8,  REG_R9,  REG_R10, REG_R11,
				      REG_R12, REG_R13, REG_R14, REG_R15};
	for (int i = 0; i < 16; i++) {
		thread->registers[i] = (uint64_t)context->uc_mcontext.gregs[order[i]];
	}
	thread->pc = (uint64_t)context->uc_mcontext.gregs[REG_RIP];
	thread->registers[CRASH_RETURN] = thread->pc;
}
#elif defined(__aarch64__)
static void read_registers(const ucontext_t *context, struct crash_thread *thread)
{
	for (int i = 0; i < 31; i++) {
		thread->registers[i] = context->uc_mcontext.regs[i];
	}
	thread->registers[CRASH_STACK_POINTER] = context->uc_mcontext.sp;
	thread->pc = context->uc_mcontext.pc;
	thread->registers[32] = thread->pc;
}
#endif

static void write_record(int number, const siginfo_t *info, const ucontext_t *context)
{
	struct crash_header header = {.magic = CRASH_MAGIC,
				      .version = CRASH_VERSION,
				      .kind = CRASH_SIGNAL,
				      .signal_number = number,
				      .code = info->si_code,
				      .registers = CRASH_REGISTERS};
	/* Only the faults have an address; for others the same bytes are a pid. */
	if (info->si_code > 0 &&
	    (number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE)) {
		header.address = (uint64_t)(uintptr_t)info->si_addr;
	}
	struct crash_thread thread = {.tid = (int32_t)syscall(SYS_gettid)};
	(void)prctl(PR_GET_NAME, thread.name);
	read_registers(context, &thread);
	struct crash_writer writer;
	crash_write_begin(&writer, s_crash.fd, &header);
	crash_write_chunk(&writer, CRASH_THREAD, &thread, sizeof(thread), NULL, 0);
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC),
	    maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	crash_write_stack(&writer, memory, thread.registers[CRASH_STACK_POINTER], STACK_BYTES);
	crash_write_modules(&writer, maps, memory);
	crash_write_end(&writer);
}

static void did_fault(int number, siginfo_t *info, void *context)
{
	/* The default action is back already (SA_RESETHAND): a fault in here ends the process, as does the
	 * signal when it goes on. Of two threads that fault at once the first one is told. */
	int saved = errno;
	if (!__atomic_test_and_set(&s_crash.entered, __ATOMIC_SEQ_CST)) {
		write_record(number, info, context);
	}
	errno = saved;
	/* A fault comes again by itself when its instruction does; this is for signals that were sent. */
	(void)syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), number);
}

static int install_stack(void)
{
	void *stack = mmap(NULL, HANDLER_STACK_BYTES, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stack == MAP_FAILED) {
		return -errno;
	}
	const stack_t wanted = {.ss_sp = stack, .ss_size = HANDLER_STACK_BYTES};
	if (sigaltstack(&wanted, NULL) < 0) {
		int result = -errno;
		munmap(stack, HANDLER_STACK_BYTES);
		return result;
	}
	s_crash.stack = stack;
	return 0;
}

static bool is_taken(int number)
{
	struct sigaction old;
	return sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_DFL;
}

int os_crash_install(int fd)
{
	if (fd < 0) {
		return -EBADF;
	}
	int result = s_crash.stack == NULL ? install_stack() : 0;
	if (result < 0) {
		return result;
	}
	bool first = s_crash.fd < 0;
	s_crash.fd = fd;
	for (size_t i = 0; i < OS_ARRAY_LEN(s_signals) && first; i++) {
		struct sigaction action = {.sa_sigaction = did_fault,
					   .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
		/* A sanitizer's handler says more than ours. */
		if (!is_taken(s_signals[i]) && sigaction(s_signals[i], &action, NULL) < 0) {
			return -errno;
		}
	}
	return 0;
}

int os_crash_create_record(int *ret_fd)
{
	int fd = memfd_create("strata-crash", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) {
		return -errno;
	}
	if (ftruncate(fd, OS_CRASH_RECORD_BYTES) < 0 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0) {
		int result = -errno;
		close(fd);
		return result;
	}
	*ret_fd = fd;
	return 0;
}
