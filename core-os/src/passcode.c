#include <os/passcode.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include <os/file.h>

#define PASSES 2
#define MEMORY_BYTES ((size_t)19 << 20)
#define FILE_MOST 512

bool os_passcode_is_valid(const char *code)
{
	size_t length = strlen(code);
	return length >= OS_PASSCODE_LEAST && length <= OS_PASSCODE_MOST &&
	       strspn(code, "0123456789") == length;
}

bool os_passcode_is_set(int folder)
{
	struct stat info;
	return fstatat(folder, OS_PASSCODE_FILE, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

int os_passcode_write(int folder, const char *code)
{
	char hash[crypto_pwhash_STRBYTES];
	if (!os_passcode_is_valid(code)) {
		return -EINVAL;
	}
	if (sodium_init() < 0 ||
	    crypto_pwhash_str_alg(hash, code, strlen(code), PASSES, MEMORY_BYTES,
	                          crypto_pwhash_ALG_ARGON2ID13) != 0) {
		return -ENOMEM;
	}
	int result = os_file_write_atomic(folder, OS_PASSCODE_FILE, hash, strlen(hash));
	if (result == 0 && fchmodat(folder, OS_PASSCODE_FILE, 0600, 0) < 0) {
		result = -errno;
	}
	return result;
}

int os_passcode_remove(int folder)
{
	return unlinkat(folder, OS_PASSCODE_FILE, 0) == 0 || errno == ENOENT ? 0 : -errno;
}

static int read_hash(int folder, char hash[crypto_pwhash_STRBYTES])
{
	struct os_buffer bytes = {0};
	int result = os_file_read(folder, OS_PASSCODE_FILE, FILE_MOST, &bytes);
	if (result == -EFBIG || (result == 0 && (bytes.length == 0 || bytes.length >= crypto_pwhash_STRBYTES ||
	                                         memchr(bytes.bytes, 0, bytes.length) != NULL))) {
		result = -EBADMSG;
	}
	if (result == 0) {
		memset(hash, 0, crypto_pwhash_STRBYTES);
		memcpy(hash, bytes.bytes, bytes.length);
	}
	os_buffer_finish(&bytes);
	return result;
}

int os_passcode_check(int folder, const char *code)
{
	char hash[crypto_pwhash_STRBYTES];
	int result = read_hash(folder, hash);
	if (result < 0) {
		return result;
	}
	if (sodium_init() < 0) {
		return -ENOMEM;
	}
	/* Asks for the file's costs; none but ours are taken, or a damaged file could ask for all memory. */
	if (crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY_BYTES) != 0) {
		return -EBADMSG;
	}
	errno = 0;
	if (crypto_pwhash_str_verify(hash, code, strlen(code)) == 0) {
		return 0;
	}
	return errno == ENOMEM ? -ENOMEM : -EACCES;
}

void os_passcode_forget(char *code, size_t size)
{
	sodium_memzero(code, size);
}
