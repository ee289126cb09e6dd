#include "attacks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static int other_by_host_path(void)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%s/secret", attack_aim.data, attack_aim.other);
	return attack_open(path, O_RDONLY);
}

static int other_by_parent(void)
{
	char path[1024];
	snprintf(path, sizeof(path), "/data/../%s/secret", attack_aim.other);
	return attack_open(path, O_RDONLY);
}

static int other_by_symlink(void)
{
	char target[1024];
	snprintf(target, sizeof(target), "%s/%s/secret", attack_aim.data, attack_aim.other);
	(void)unlink("/data/escape");
	return symlink(target, "/data/escape") < 0 ? errno : attack_open("/data/escape", O_RDONLY);
}

static int parent_by_symlink(void)
{
	char path[128];
	(void)unlink("/data/up");
	snprintf(path, sizeof(path), "/data/up/%.90s/secret", attack_aim.other);
	return symlink("..", "/data/up") < 0 ? errno : attack_open(path, O_RDONLY);
}

static int hardlink_out(void)
{
	return attack_result(link("/etc/ld.so.cache", "/data/hardlink"));
}

static int rename_out(void)
{
	int fd = open("/data/mine", O_CREAT | O_WRONLY, 0600);
	close(fd);
	return attack_result(rename("/data/mine", "/usr/lib/mine"));
}

static int read_root_home(void)
{
	return attack_open("/root", O_RDONLY | O_DIRECTORY);
}

static int read_home(void)
{
	return attack_open("/home", O_RDONLY | O_DIRECTORY);
}

static int read_shadow(void)
{
	return attack_open("/etc/shadow", O_RDONLY);
}

static int read_passwd(void)
{
	return attack_open("/etc/passwd", O_RDONLY);
}

static int read_run(void)
{
	return attack_open("/run", O_RDONLY | O_DIRECTORY);
}

static int read_sys(void)
{
	return attack_open("/sys/class", O_RDONLY | O_DIRECTORY);
}

static int read_tmp(void)
{
	return attack_open("/tmp", O_RDONLY | O_DIRECTORY);
}

static int open_graphics(void)
{
	return attack_open("/dev/dri/card0", O_RDWR);
}

static int open_input(void)
{
	return attack_open("/dev/input/event0", O_RDONLY);
}

static int open_memory_device(void)
{
	return attack_open("/dev/mem", O_RDWR);
}

static int open_terminal(void)
{
	return attack_open("/dev/tty", O_RDWR);
}

static int open_kernel_log(void)
{
	return attack_open("/dev/kmsg", O_RDONLY);
}

static int open_shared_memory(void)
{
	return attack_open("/dev/shm/strata-attack", O_RDWR | O_CREAT);
}

static int write_bundle(void)
{
	return attack_open("/app/new", O_WRONLY | O_CREAT);
}

static int change_bundle(void)
{
	return attack_open("/app/resource", O_WRONLY);
}

static int remove_from_bundle(void)
{
	return attack_result(unlink("/app/resource"));
}

static int write_library(void)
{
	return attack_open("/strata/lib/libstrata-core-os.so.0", O_WRONLY);
}

static int write_program(void)
{
	return attack_open("/proc/self/exe", O_WRONLY);
}

static int write_system(void)
{
	return attack_open("/usr/lib/new", O_WRONLY | O_CREAT);
}

static int write_root(void)
{
	return attack_open("/new", O_WRONLY | O_CREAT);
}

static int write_device_folder(void)
{
	return attack_open("/dev/new", O_WRONLY | O_CREAT);
}

static int list_root(void)
{
	return attack_open("/", O_RDONLY | O_DIRECTORY);
}

static int make_device(void)
{
	return attack_result(mknod("/data/disk", S_IFBLK | 0600, makedev(254, 0)));
}

static int make_fifo(void)
{
	return attack_result(mkfifo("/data/fifo", 0600));
}

static int make_set_uid(void)
{
	int fd = open("/data/suid", O_CREAT | O_WRONLY, 0600);
	int result = attack_result(fchmod(fd, 04755));
	close(fd);
	return result;
}

static int run_code_from_container(void)
{
	int fd = open("/data/code", O_CREAT | O_RDWR, 0700);
	int result = ftruncate(fd, 4096) < 0 ? errno : 0;
	void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0);
	result = code == MAP_FAILED ? errno : result;
	close(fd);
	return result;
}

static int punch_hole(void)
{
	int fd = open("/data/hole", O_CREAT | O_RDWR, 0600);
	int result = ftruncate(fd, 8192) < 0 ? errno : 0;
	result =
	    result != 0
		? -1
		: attack_result(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096));
	close(fd);
	return result;
}

static int remove_pages(void)
{
	void *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return attack_result(madvise(memory, 8192, MADV_REMOVE));
}

static int make_memfd(void)
{
	return attack_result(memfd_create("attack", 0));
}

static int make_secret_memory(void)
{
	return attack_result(syscall(447 /* memfd_secret */, 0));
}

static int name_by_handle(void)
{
	struct file_handle *handle = calloc(1, sizeof(*handle) + 128);
	int id = 0;
	handle->handle_bytes = 128;
	int result = attack_result(name_to_handle_at(AT_FDCWD, "/data", handle, &id, 0));
	free(handle);
	return result;
}

static int open_by_handle(void)
{
	struct file_handle *handle = calloc(1, sizeof(*handle) + 128);
	handle->handle_bytes = 8;
	handle->handle_type = 1;
	handle->f_handle[0] = 2; /* the root folder of an ext file system */
	int result = attack_result(open_by_handle_at(0, handle, O_RDONLY));
	free(handle);
	return result;
}

static int set_attribute(void)
{
	return attack_result(syscall(SYS_setxattr, "/data", "user.x", "1", 1, 0));
}

const struct attack attacks_on_files[] = {
    {"other_by_host_path", other_by_host_path},
    {"other_by_parent", other_by_parent},
    {"other_by_symlink", other_by_symlink},
    {"parent_by_symlink", parent_by_symlink},
    {"hardlink_out", hardlink_out},
    {"rename_out", rename_out},
    {"read_root_home", read_root_home},
    {"read_home", read_home},
    {"read_shadow", read_shadow},
    {"read_passwd", read_passwd},
    {"read_run", read_run},
    {"read_sys", read_sys},
    {"read_tmp", read_tmp},
    {"open_graphics", open_graphics},
    {"open_input", open_input},
    {"open_memory_device", open_memory_device},
    {"open_terminal", open_terminal},
    {"open_kernel_log", open_kernel_log},
    {"open_shared_memory", open_shared_memory},
    {"write_bundle", write_bundle},
    {"change_bundle", change_bundle},
    {"remove_from_bundle", remove_from_bundle},
    {"write_library", write_library},
    {"write_program", write_program},
    {"write_system", write_system},
    {"write_root", write_root},
    {"write_device_folder", write_device_folder},
    {"list_root", list_root},
    {"make_device", make_device},
    {"make_fifo", make_fifo},
    {"make_set_uid", make_set_uid},
    {"run_code_from_container", run_code_from_container},
    {"punch_hole", punch_hole},
    {"remove_pages", remove_pages},
    {"make_memfd", make_memfd},
    {"make_secret_memory", make_secret_memory},
    {"name_by_handle", name_by_handle},
    {"open_by_handle", open_by_handle},
    {"set_attribute", set_attribute},
    {NULL, NULL},
};
