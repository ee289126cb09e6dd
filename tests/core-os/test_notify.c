/* What a service manager hears (F120): datagrams to a path, or to an abstract name. */
#include "test.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "notify.h"

static int listen_at(const struct sockaddr_un *address, socklen_t size)
{
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)address, size), 0);
	return fd;
}

static void assert_heard(int fd, const char *wanted)
{
	char text[64] = "";
	assert_int_equal(recv(fd, text, sizeof(text) - 1, MSG_DONTWAIT), strlen(wanted));
	assert_string_equal(text, wanted);
	close(fd);
}

static void a_path_hears(void **state)
{
	char folder[] = "/tmp/strata-test-XXXXXX";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	assert_non_null(mkdtemp(folder));
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", folder);
	int fd = listen_at(&address, sizeof(address));
	assert_int_equal(notify_send(address.sun_path, "READY=1\nSTATUS=home\n"), 0);
	assert_heard(fd, "READY=1\nSTATUS=home\n");
	unlink(address.sun_path);
	assert_int_equal(notify_send(address.sun_path, "READY=1"), -ENOENT);
	rmdir(folder);
}

static void an_abstract_name_hears(void **state)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	char name[64];
	int length = snprintf(name, sizeof(name), "@strata-test-%d", (int)getpid());
	memcpy(address.sun_path, name, (size_t)length);
	address.sun_path[0] = '\0';
	int fd = listen_at(&address, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)length));
	assert_int_equal(notify_send(name, "STOPPING=1"), 0);
	assert_heard(fd, "STOPPING=1");
}

static void nobody_and_nonsense(void **state)
{
	char longer[200];
	memset(longer, 'a', sizeof(longer));
	longer[0] = '/';
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(notify_send("", "READY=1"), 0);
	assert_int_equal(notify_send("relative", "READY=1"), -EINVAL);
	assert_int_equal(notify_send("@", "READY=1"), -EINVAL);
	assert_int_equal(notify_send(longer, "READY=1"), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_hears),
		cmocka_unit_test(an_abstract_name_hears),
		cmocka_unit_test(nobody_and_nonsense),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
