/* The console's terminal (F120): taken and given back, on a kernel that is played. The real one is in the
 * guest, `./strata test board`. */
#include "test.h"

#include <errno.h>

#include <linux/kd.h>
#include <linux/vt.h>

#include <os/status.h>

#include "vt.h"

static struct {
	int mode, keys, active;      /* of the terminal, and which VT is in front */
	int open_fails, refused;     /* -Exxx of open; of the request `refused` */
	unsigned long refuses;
	int opened;
	char written[64];
} s_kernel;

static int fake_open(void *context, const char *path)
{
	if (s_kernel.open_fails < 0) {
		return s_kernel.open_fails;
	}
	s_kernel.opened++;
	return 7;
}

static int fake_request(void *context, int fd, unsigned long request, unsigned long argument)
{
	assert_int_equal(fd, 7);
	if (request == s_kernel.refuses) {
		return s_kernel.refused;
	}
	switch (request) {
	case KDGETMODE:
		*(int *)argument = s_kernel.mode;
		return 0;
	case KDSETMODE:
		s_kernel.mode = (int)argument;
		return 0;
	case KDGKBMODE:
		*(int *)argument = s_kernel.keys;
		return 0;
	case KDSKBMODE:
		s_kernel.keys = (int)argument;
		return 0;
	case VT_GETSTATE:
		((struct vt_stat *)argument)->v_active = (unsigned short)s_kernel.active;
		return 0;
	case VT_ACTIVATE:
		s_kernel.active = (int)argument;
		return 0;
	default:
		return 0;
	}
}

static int fake_write(void *context, int fd, const char *text)
{
	snprintf(s_kernel.written, sizeof(s_kernel.written), "%s", text);
	return 0;
}

static void fake_close(void *context, int fd)
{
	s_kernel.opened--;
}

static const struct vt_kernel s_calls = {
	.open = fake_open, .request = fake_request, .write = fake_write, .close = fake_close};

static int setup(void **state)
{
	memset(&s_kernel, 0, sizeof(s_kernel));
	s_kernel.mode = KD_TEXT;
	s_kernel.keys = K_XLATE;
	s_kernel.active = 1;
	return 0;
}

static void it_is_given_back_as_it_was(void **state)
{
	struct vt vt;
	struct os_error error;
	vt_init(&vt, &s_calls);
	assert_int_equal(vt_take(&vt, "/dev/tty1", &error), 0);
	assert_int_equal(s_kernel.mode, KD_GRAPHICS);
	assert_int_equal(s_kernel.keys, K_OFF);
	assert_non_null(strstr(s_kernel.written, "\033[?25l"));
	vt_give_back(&vt);
	assert_int_equal(s_kernel.mode, KD_TEXT);
	assert_int_equal(s_kernel.keys, K_XLATE);
	assert_non_null(strstr(s_kernel.written, "\033[?25h"));
	assert_int_equal(s_kernel.opened, 0);
	vt_give_back(&vt);
	assert_int_equal(s_kernel.opened, 0);
}

static void what_a_killed_one_left_is_mended(void **state)
{
	struct vt killed, vt;
	vt_init(&killed, &s_calls);
	assert_int_equal(vt_take(&killed, "/dev/tty1", NULL), 0);
	vt_init(&vt, &s_calls);
	assert_int_equal(vt_take(&vt, "/dev/tty1", NULL), 0);
	vt_give_back(&vt);
	assert_int_equal(s_kernel.mode, KD_TEXT);
	assert_int_equal(s_kernel.keys, K_UNICODE);
}

static void it_comes_to_the_front_and_leaves_it(void **state)
{
	struct vt vt;
	vt_init(&vt, &s_calls);
	assert_int_equal(vt_take(&vt, "/dev/tty7", NULL), 0);
	assert_int_equal(s_kernel.active, 7);
	vt_give_back(&vt);
	assert_int_equal(s_kernel.active, 1);
	/* Somebody went elsewhere meanwhile: they stay there. */
	assert_int_equal(vt_take(&vt, "/dev/tty7", NULL), 0);
	s_kernel.active = 3;
	vt_give_back(&vt);
	assert_int_equal(s_kernel.active, 3);
}

static void without_one_nothing_is_changed(void **state)
{
	struct vt vt;
	struct os_error error;
	vt_init(&vt, &s_calls);
	s_kernel.open_fails = -ENOENT;
	assert_int_equal(vt_take(&vt, "/dev/tty1", &error), -ENOENT);
	assert_string_equal(error.text, "/dev/tty1: No such file or directory");
	s_kernel.open_fails = 0;
	static const struct {
		unsigned long request;
		int status;
	} rows[] = {{KDGETMODE, -ENOTTY}, {KDGKBMODE, -EIO}, {KDSETMODE, -EPERM}, {KDSKBMODE, -EPERM}};
	for (size_t i = 0; i < OS_ARRAY_LEN(rows); i++) {
		s_kernel.refuses = rows[i].request;
		s_kernel.refused = rows[i].status;
		assert_int_equal(vt_take(&vt, "/dev/tty1", &error), rows[i].status);
		assert_int_equal(s_kernel.mode, KD_TEXT);
		assert_int_equal(s_kernel.keys, K_XLATE);
		assert_int_equal(s_kernel.opened, 0);
		vt_give_back(&vt);
	}
	assert_string_equal(error.text, "/dev/tty1 is not ours to take: Operation not permitted");
}

static void a_file_is_no_terminal(void **state)
{
	struct vt vt;
	struct os_error error;
	vt_init(&vt, NULL);
	assert_int_equal(vt_take(&vt, "/dev/null", &error), -ENOTTY);
	assert_int_equal(vt.fd, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(it_is_given_back_as_it_was, setup),
		cmocka_unit_test_setup(what_a_killed_one_left_is_mended, setup),
		cmocka_unit_test_setup(it_comes_to_the_front_and_leaves_it, setup),
		cmocka_unit_test_setup(without_one_nothing_is_changed, setup),
		cmocka_unit_test_setup(a_file_is_no_terminal, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
