/* Passcode: the digits that let a person out of an appliance (a kiosk's way out, F142).
 *
 *	if (os_passcode_is_valid(code)) {
 *		result = os_passcode_write(data_folder, code);
 *	}
 *	result = os_passcode_check(data_folder, typed);     0 right, -EACCES wrong, -ENOENT there is none
 *
 * Only a hash of it is kept, in a file of the device's data folder: argon2id (RFC 9106) by libsodium,
 * with its salt and costs beside it. The costs are 2 passes over 19 MiB, the second of OWASP's equal
 * choices (Password Storage Cheat Sheet): libsodium's MODERATE wants 256 MiB, which a board of 512 MB
 * with a system on it has not. Four digits are 10,000 guesses all the same, for somebody who has the
 * file: what a passcode keeps out is fingers, and those wait ever longer (the supervisor's passcode.c).
 *
 * write and check take some 50 ms on a PC and several hundred on a small board, and 19 MiB of memory:
 * not on a main thread. Thread: any. */
#ifndef OS_PASSCODE_H
#define OS_PASSCODE_H

#include <os/base.h>

#define OS_PASSCODE_FILE "passcode"
#define OS_PASSCODE_LEAST 4 /* digits */
#define OS_PASSCODE_MOST 12

OS_PUBLIC bool os_passcode_is_valid(const char *code);
OS_PUBLIC bool os_passcode_is_set(int folder);
/* -EINVAL for a code that is not valid, -ENOMEM, or what writing said. */
OS_PUBLIC int os_passcode_write(int folder, const char *code);
/* 0 also if there was none. */
OS_PUBLIC int os_passcode_remove(int folder);
/* A file that is damaged is -EBADMSG, and lets nobody out. */
OS_PUBLIC int os_passcode_check(int folder, const char *code);
/* Overwrites what was typed, where no compiler leaves it out. */
OS_PUBLIC void os_passcode_forget(char *code, size_t size);

#endif
