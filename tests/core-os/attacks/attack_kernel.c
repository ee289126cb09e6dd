#include "attacks.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static int mount_something(void)
{
	return attack_result(mount("none", "/data", "tmpfs", 0, NULL));
}

static int remount_bundle(void)
{
	return attack_result(mount(NULL, "/app", NULL, MS_REMOUNT | MS_BIND, NULL));
}

static int unmount_bundle(void)
{
	return attack_result(umount2("/app", MNT_DETACH));
}

static int turn_root(void)
{
	return attack_result(syscall(SYS_pivot_root, ".", "."));
}

static int change_root(void)
{
	return attack_result(chroot("/data"));
}

static int copy_mount(void)
{
	return attack_result(syscall(428 /* open_tree */, AT_FDCWD, "/app", 1));
}

static int move_a_mount(void)
{
	return attack_result(syscall(429 /* move_mount */, 0, "", AT_FDCWD, "/data", 4));
}

static int open_file_system(void)
{
	return attack_result(syscall(430 /* fsopen */, "tmpfs", 0));
}

static int name_host(void)
{
	return attack_result(sethostname("x", 1));
}

static int use_keys(void)
{
	return attack_result(syscall(SYS_keyctl, 0, -3, 1));
}

static int add_a_key(void)
{
	return attack_result(syscall(SYS_add_key, "user", "x", "y", 1, -3));
}

static int load_bpf(void)
{
	char attributes[64] = "";
	return attack_result(syscall(SYS_bpf, 0, attributes, sizeof(attributes)));
}

static int open_perf(void)
{
	struct perf_event_attr attributes = {.type = PERF_TYPE_SOFTWARE,
					     .size = sizeof(attributes)};
	return attack_result(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, 0));
}

static int make_ring(void)
{
	struct io_uring_params parameters = {0};
	return attack_result(syscall(SYS_io_uring_setup, 4, &parameters));
}

static int watch_faults(void)
{
	return attack_result(syscall(SYS_userfaultfd, 1));
}

static int load_module(void)
{
	return attack_result(syscall(SYS_finit_module, 0, "", 0));
}

static int load_kernel(void)
{
	return attack_result(syscall(SYS_kexec_load, 0, 0, NULL, 0));
}

static int restart_machine(void)
{
	return attack_result(syscall(SYS_reboot, 0xfee1dead, 672274793, 0, NULL));
}

static int set_time(void)
{
	struct timeval now = {1, 0};
	return attack_result(settimeofday(&now, NULL));
}

static int read_kernel_log(void)
{
	char text[16];
	return attack_result(syscall(SYS_syslog, 3, text, sizeof(text)));
}

static int write_core_pattern(void)
{
	return attack_open("/proc/sys/kernel/core_pattern", O_WRONLY);
}

static int write_trigger(void)
{
	return attack_open("/proc/sysrq-trigger", O_WRONLY);
}

static int swap(void)
{
	return attack_result(syscall(SYS_swapon, "/data/mine", 0));
}

static int share_memory(void)
{
	return attack_result(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
}

static int make_queue(void)
{
	return attack_result(syscall(SYS_mq_open, "attack", O_CREAT | O_RDWR, 0600, NULL));
}

static int watch_files(void)
{
	return attack_result(inotify_init1(0));
}

static int replace_filter(void)
{
	return attack_result(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL));
}

static int set_secure_bits(void)
{
	return attack_result(prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
}

static int change_personality(void)
{
	return attack_result(syscall(SYS_personality, 0x0040000 /* ADDR_NO_RANDOMIZE */));
}

static int fill_pipe_from_memory(void)
{
	return attack_result(syscall(SYS_vmsplice, 1, NULL, 0, 0));
}

const struct attack attacks_on_kernel[] = {
    {"mount_something", mount_something},
    {"remount_bundle", remount_bundle},
    {"unmount_bundle", unmount_bundle},
    {"turn_root", turn_root},
    {"change_root", change_root},
    {"copy_mount", copy_mount},
    {"move_a_mount", move_a_mount},
    {"open_file_system", open_file_system},
    {"name_host", name_host},
    {"use_keys", use_keys},
    {"add_a_key", add_a_key},
    {"load_bpf", load_bpf},
    {"open_perf", open_perf},
    {"make_ring", make_ring},
    {"watch_faults", watch_faults},
    {"load_module", load_module},
    {"load_kernel", load_kernel},
    {"restart_machine", restart_machine},
    {"set_time", set_time},
    {"read_kernel_log", read_kernel_log},
    {"write_core_pattern", write_core_pattern},
    {"write_trigger", write_trigger},
    {"swap", swap},
    {"share_memory", share_memory},
    {"make_queue", make_queue},
    {"watch_files", watch_files},
    {"replace_filter", replace_filter},
    {"set_secure_bits", set_secure_bits},
    {"change_personality", change_personality},
    {"fill_pipe_from_memory", fill_pipe_from_memory},
    {NULL, NULL},
};

/* --- Network ---------------------------------------------------------------------------------------- */

static int open_socket(int family, int type)
{
	int fd = socket(family, type, 0);
	int result = attack_result(fd);
	if (fd >= 0) {
		close(fd);
	}
	return result;
}

static int open_inet(void)
{
	return open_socket(AF_INET, SOCK_STREAM);
}

static int open_inet6(void)
{
	return open_socket(AF_INET6, SOCK_DGRAM);
}

static int open_unix(void)
{
	return open_socket(AF_UNIX, SOCK_STREAM);
}

static int open_netlink(void)
{
	return open_socket(AF_NETLINK, SOCK_RAW);
}

static int open_packet(void)
{
	return open_socket(AF_PACKET, SOCK_RAW);
}

static int open_vsock(void)
{
	return open_socket(AF_VSOCK, SOCK_STREAM);
}

static int open_pair(void)
{
	int fds[2];
	return attack_result(socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
}

/* Descriptor 3 is a socket: can it be turned towards somebody else? */
static int connect_port(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/data/socket"};
	return attack_result(connect(3, (struct sockaddr *)&address, sizeof(address)));
}

static int bind_port(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/data/socket"};
	return attack_result(bind(3, (struct sockaddr *)&address, sizeof(address)));
}

static int listen_on_port(void)
{
	return attack_result(listen(3, 1));
}

const struct attack attacks_on_network[] = {
    {"open_inet", open_inet},
    {"open_inet6", open_inet6},
    {"open_unix", open_unix},
    {"open_netlink", open_netlink},
    {"open_packet", open_packet},
    {"open_vsock", open_vsock},
    {"open_pair", open_pair},
    {"connect_port", connect_port},
    {"bind_port", bind_port},
    {"listen_on_port", listen_on_port},
    {NULL, NULL},
};
