/* F115: what a screen says of itself, and what screens and cables make of it. */
#include "test.h"

#include <errno.h>

#include "edid_made.h"
#include "kms.h"

static void a_good_one_is_read(void **state)
{
	uint8_t bytes[EDID_BYTES];
	struct kms_edid edid;
	struct os_error error;
	edid_make(bytes);
	assert_int_equal(kms_edid_parse(bytes, sizeof(bytes), &edid, &error), 0);
	assert_string_equal(edid.maker, "STR");
	assert_string_equal(edid.name, "Test screen");
	assert_int_equal(edid.product, 0x1234);
	assert_int_equal(edid.width_px, 1280);
	assert_int_equal(edid.height_px, 800);
	assert_int_equal(edid.width_mm, 217);
	assert_int_equal(edid.height_mm, 136);
	assert_int_equal(edid.rate_mhz, 59810);
}

static void expect_refusal(const uint8_t *bytes, size_t length, const char *why)
{
	struct kms_edid edid = {.product = 7};
	struct os_error error = {0};
	assert_int_equal(kms_edid_parse(bytes, length, &edid, &error), -EBADMSG);
	assert_string_equal(error.text, why);
	assert_int_equal(edid.product, 7);
}

static void garbage_is_refused_with_a_reason(void **state)
{
	uint8_t bytes[EDID_BYTES];
	edid_make(bytes);
	expect_refusal(bytes, 127, "127 bytes, an EDID has 128 or more");
	expect_refusal(bytes, 0, "0 bytes, an EDID has 128 or more");
	bytes[40] ^= 4;
	expect_refusal(bytes, sizeof(bytes), "its checksum is wrong by 4");
	edid_make(bytes);
	bytes[0] = 1;
	expect_refusal(bytes, sizeof(bytes), "it does not begin as an EDID does");
	edid_make(bytes);
	bytes[18] = 2;
	edid_sum(bytes);
	expect_refusal(bytes, sizeof(bytes), "version 2 is not known");
	memset(bytes, 0xff, sizeof(bytes));
	expect_refusal(bytes, sizeof(bytes), "it does not begin as an EDID does");
}

/* Where the timing gives no size the one in whole centimetres counts. */
static void sizes_are_doubted(void **state)
{
	uint8_t bytes[EDID_BYTES];
	struct kms_edid edid;
	edid_make(bytes);
	memset(bytes + 54 + 12, 0, 3);
	edid_sum(bytes);
	assert_int_equal(kms_edid_parse(bytes, sizeof(bytes), &edid, NULL), 0);
	assert_int_equal(edid.width_mm, 220);
	assert_int_equal(edid.height_mm, 140);
	/* A ratio in the place of a size. */
	bytes[21] = 16;
	bytes[22] = 9;
	edid_sum(bytes);
	assert_int_equal(kms_edid_parse(bytes, sizeof(bytes), &edid, NULL), 0);
	assert_int_equal(edid.width_mm, 0);
	assert_int_equal(edid.height_mm, 0);
}

static void lies_within_it_do_no_harm(void **state)
{
	uint8_t bytes[EDID_BYTES];
	struct kms_edid edid;
	edid_make(bytes);
	/* A timing without pixels, a name of control characters, a maker that is no letters. */
	memset(bytes + 54 + 2, 0, 6);
	memset(bytes + 72 + 5, 0x07, 13);
	bytes[8] = 0;
	bytes[9] = 31;
	edid_sum(bytes);
	assert_int_equal(kms_edid_parse(bytes, sizeof(bytes), &edid, NULL), 0);
	assert_int_equal(edid.width_px, 0);
	assert_int_equal(edid.rate_mhz, 0);
	assert_string_equal(edid.name, "");
	assert_string_equal(edid.maker, "???");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_good_one_is_read),
	    cmocka_unit_test(garbage_is_refused_with_a_reason),
	    cmocka_unit_test(sizes_are_doubted),
	    cmocka_unit_test(lies_within_it_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
