/* F134 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>

#include <md/image.h>

static void pixels_are_copied(void **state)
{
	uint32_t pixels[6] = {1, 2, 99, 0xff000003, 4, 99};
	struct md_image *image = md_image_create_from_pixels(pixels, 2, 2, 12, 2);
	pixels[0] = 77;
	int stride;
	const uint32_t *ours = md_image_pixels(image, &stride);
	assert_int_equal(stride, 8);
	assert_int_equal(ours[0], 1);
	assert_int_equal(ours[2], 0xff000003);
	struct md_size size = md_image_size(image);
	assert_true(size.width == 1 && size.height == 1);
	int width;
	int height;
	md_image_size_px(image, &width, &height);
	assert_int_equal(width, 2);
	assert_int_equal(height, 2);
	assert_ptr_equal(md_image_retain(image), image);
	md_image_release(image);
	assert_null(md_image_release(image));
	assert_null(md_image_release(NULL));
}

static void absurd_sizes_are_refused(void **state)
{
	uint32_t pixel = 0;
	assert_null(md_image_create_from_pixels(&pixel, 0, 1, 4, 1));
	assert_null(md_image_create_from_pixels(&pixel, -1, 1, 4, 1));
	assert_null(md_image_create_from_pixels(&pixel, 5000, 1, 4, 1));
}

static void a_missing_file_is_named(void **state)
{
	struct os_error error = {0};
	assert_null(md_image_create_from_file(AT_FDCWD, "no-such-picture.png", &error));
	assert_int_equal(error.status, -ENOENT);
	assert_non_null(strstr(error.text, "no-such-picture.png"));
}

static void differences_are_measured_and_shown(void **state)
{
	uint32_t one[4] = {0xff000000, 0xff102030, 0xffffffff, 0xff808080};
	uint32_t other[4] = {0xff000000, 0xff112030, 0xffffff00, 0xff808080};
	struct md_image *a = md_image_create_from_pixels(one, 2, 2, 8, 1);
	struct md_image *b = md_image_create_from_pixels(other, 2, 2, 8, 1);
	struct md_image *picture = NULL;
	struct md_image_difference difference;
	assert_int_equal(md_image_compare(a, b, 2, &difference, &picture), 0);
	assert_int_equal(difference.largest, 255);
	assert_int_equal(difference.pixels, 1);
	int stride;
	const uint32_t *shown = md_image_pixels(picture, &stride);
	assert_int_equal(shown[2], 0xffff0000);
	assert_int_not_equal(shown[1] & 0xff, 0);
	md_image_release(picture);

	assert_int_equal(md_image_compare(a, a, 0, &difference, NULL), 0);
	assert_int_equal(difference.largest, 0);
	assert_int_equal(difference.pixels, 0);

	struct md_image *small = md_image_create_from_pixels(one, 1, 2, 8, 1);
	assert_int_equal(md_image_compare(a, small, 0, &difference, NULL), -EINVAL);
	md_image_release(small);
	md_image_release(a);
	md_image_release(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pixels_are_copied),
	    cmocka_unit_test(absurd_sizes_are_refused),
	    cmocka_unit_test(a_missing_file_is_named),
	    cmocka_unit_test(differences_are_measured_and_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
