/* F52 in part: bad files are refused safely, with a sentence that names them. */
#include "test.h"

#include <errno.h>

#include <md/image.h>
#include <os/memory.h>

static struct md_image *make(int width, int height, bool opaque)
{
	uint32_t *pixels = calloc((size_t)width * (size_t)height, 4);
	for (int i = 0; i < width * height; i++) {
		uint32_t alpha = opaque ? 255 : (uint32_t)(i * 7 % 256);
		uint32_t value = (uint32_t)(i * 13 % 256) * alpha / 255;
		pixels[i] = alpha << 24 | value << 16 | (alpha - value) << 8 | value / 2;
	}
	struct md_image *image = md_image_create_from_pixels(pixels, width, height, width * 4, 1);
	free(pixels);
	return image;
}

static void what_is_written_is_read(void **state)
{
	for (int opaque = 0; opaque < 2; opaque++) {
		struct md_image *image = make(37, 21, opaque);
		struct os_buffer bytes = {0};
		assert_int_equal(md_image_write_png(image, &bytes), 0);
		struct os_error error;
		struct md_image *again =
		    md_image_create_from_png(bytes.bytes, bytes.length, "x.png", &error);
		assert_non_null(again);
		struct md_image_difference difference;
		assert_int_equal(md_image_compare(image, again, 0, &difference, NULL), 0);
		/* What is nearly clear has few shades to come back to. */
		assert_true(difference.largest <= (opaque ? 0 : 1));
		md_image_release(again);
		md_image_release(image);
		os_buffer_finish(&bytes);
	}
}

static void writing_is_the_same_every_time(void **state)
{
	struct md_image *image = make(50, 50, false);
	struct os_buffer one = {0};
	struct os_buffer two = {0};
	md_image_write_png(image, &one);
	md_image_write_png(image, &two);
	assert_int_equal(one.length, two.length);
	assert_memory_equal(one.bytes, two.bytes, one.length);
	os_buffer_finish(&one);
	os_buffer_finish(&two);
	md_image_release(image);
}

static void assert_refused(const void *bytes, size_t length, int status, const char *word)
{
	struct os_error error = {0};
	assert_null(md_image_create_from_png(bytes, length, "icon.png", &error));
	assert_int_equal(error.status, status);
	assert_non_null(strstr(error.text, "icon.png"));
	assert_non_null(strstr(error.text, word));
}

static void what_is_no_png_is_refused(void **state)
{
	assert_refused("", 0, -EINVAL, "not a PNG");
	assert_refused("hello", 5, -EINVAL, "not a PNG");
	char zeros[100] = {0};
	assert_refused(zeros, sizeof(zeros), -EINVAL, "not a PNG");
}

/* Nothing may be allocated for what the header promises: the very next allocation would fail. */
static void bombs_are_refused_before_anything_is_allocated(void **state)
{
	unsigned char head[60] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
				  0,    0,   0,   13,  'I',  'H',  'D',  'R'};
	head[24] = 8;
	head[25] = 6;
	struct {
		uint32_t width, height;
		int status;
	} cases[] = {
	    {0xffffffff, 0xffffffff, -EFBIG},
	    {4097, 1, -EFBIG},
	    {1, 4097, -EFBIG},
	    {4096, 4097, -EFBIG},
	    {0, 5, -EINVAL},
	    {5, 0, -EINVAL},
	};
	for (size_t i = 0; i < OS_ARRAY_LEN(cases); i++) {
		for (int k = 0; k < 4; k++) {
			head[16 + k] = (unsigned char)(cases[i].width >> (24 - 8 * k));
			head[20 + k] = (unsigned char)(cases[i].height >> (24 - 8 * k));
		}
		assert_refused(head, sizeof(head), cases[i].status, "expected");
	}
}

static void cut_and_damaged_files_are_refused(void **state)
{
	struct md_image *image = make(40, 40, false);
	struct os_buffer bytes = {0};
	md_image_write_png(image, &bytes);
	for (size_t length = 0; length < bytes.length; length += 7) {
		struct os_error error = {0};
		assert_null(md_image_create_from_png(bytes.bytes, length, "icon.png", &error));
		assert_non_null(strstr(error.text, "icon.png"));
	}
	bytes.bytes[bytes.length / 2] ^= 0x55;
	assert_refused(bytes.bytes, bytes.length, -EINVAL, "damaged");
	os_buffer_finish(&bytes);
	md_image_release(image);
}

static void no_memory_is_said(void **state)
{
	struct md_image *image = make(8, 8, true);
	struct os_buffer bytes = {0};
	md_image_write_png(image, &bytes);
	for (uint64_t at = 1; at <= 2; at++) {
		os_try_alloc_fail_at(at);
		struct os_error error = {0};
		assert_null(
		    md_image_create_from_png(bytes.bytes, bytes.length, "icon.png", &error));
		assert_int_equal(error.status, -ENOMEM);
		os_try_alloc_fail_at(0);
	}
	os_buffer_finish(&bytes);
	md_image_release(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_read),
	    cmocka_unit_test(writing_is_the_same_every_time),
	    cmocka_unit_test(what_is_no_png_is_refused),
	    cmocka_unit_test(bombs_are_refused_before_anything_is_allocated),
	    cmocka_unit_test(cut_and_damaged_files_are_refused),
	    cmocka_unit_test(no_memory_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
