/* Crash: what a process leaves behind when it faults, and what it was doing when it hung.
 *
 * Two halves. Inside the process, a handler on its own stack writes registers, stack and modules to a
 * descriptor that was opened beforehand, with nothing but async-signal-safe calls, and lets the signal
 * go on. Outside, at leisure, that record is unwound and named: function, file and line.
 *
 *	supervisor:   os_crash_create_record(&fd);              passed to the process
 *	process:      os_crash_install(fd);
 *	…
 *	supervisor:   os_crash_capture(pid, fd);                it hangs: taken from outside, by ptrace
 *	              os_crash_describe(fd, places, count, &text);
 *
 *	stopped by signal 11, segmentation fault, at address 0x8
 *	thread 2 "strata-app"
 *	  0  notes_editor_save          apps/notes/editor.c:88        (notes.so+0x1a2c)
 *	  1  ui_control_send            touch-ui/src/control.c:210    (libstrata-touch-ui.so.0+0x2b10)
 *
 * A record comes from a process that may be hostile, so nothing in it is trusted. The process's side
 * is core-os's documented singleton. Threads: install main; the rest any. */
#ifndef OS_CRASH_H
#define OS_CRASH_H

#include <os/buffer.h>
#include <sys/types.h>

#define OS_CRASH_RECORD_BYTES (256 * 1024)

/* Where a file is on the host that the process knew by another name: a file, or a folder with all
 * that is in it. Behind walls: /strata/bin/strata-app, /strata/lib/…, /app. */
struct os_crash_place {
	const char *inside, *host;
};

/* Makes an empty record: memory of fixed size, so that who floods it floods nothing. */
OS_PUBLIC int os_crash_create_record(int *ret_fd);
/* From now on a fault is written to the record (fd is not taken over; it has to stay open). A fault
 * handler that a sanitizer has is left alone. */
OS_PUBLIC int os_crash_install(int fd);
/* Takes the stacks of all threads of a process that lives, stopping each for a moment (at most 100 ms
 * in all). Replaces what was in the record. Meant for one that is killed next: a thread that cannot
 * stop in time would stay stopped. -ESRCH, or -EPERM: somebody else traces it, or it is not ours. */
OS_PUBLIC int os_crash_capture(pid_t pid, int record_fd);
OS_PUBLIC bool os_crash_has_record(int record_fd);
/* Appends lines as above to text. 0, -ENODATA if the record is empty, -EINVAL if it is damaged (what
 * could be read is in text). Reads the programs' files and starts addr2line, if there is one, so it
 * takes up to a second: a supervisor does it in a child process. */
OS_PUBLIC int os_crash_describe(int record_fd, const struct os_crash_place *places, size_t place_count,
                                struct os_buffer *text);

#endif
