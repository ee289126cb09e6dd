#include "test.h"

#include <md/text_layout.h>

#include "text_layout_private.h"

static const struct md_text_style s_body = {.font = {MD_FONT_UI, 17, MD_WEIGHT_REGULAR}};

static void the_same_twice_is_one(void **state)
{
	md_text_cache_clear();
	struct md_text_counts before = md_text_counts();
	struct md_text_layout *one = md_text_layout_create("label", 5, &s_body, 100);
	struct md_text_layout *two = md_text_layout_create("label", 5, &s_body, 100);
	struct md_text_counts after = md_text_counts();
	assert_ptr_equal(one, two);
	assert_int_equal(after.created - before.created, 1);
	assert_int_equal(after.cached - before.cached, 1);
	md_text_layout_release(one);
	md_text_layout_release(two);
}

static void what_differs_is_another(void **state)
{
	struct md_text_style styles[] = {s_body, s_body, s_body, s_body, s_body};
	styles[1].font.weight = MD_WEIGHT_BOLD;
	styles[2].align = MD_ALIGN_CENTER;
	styles[3].line_spacing = 2;
	styles[4].single_paragraph = true;
	struct md_text_layout *layouts[5];
	for (int i = 0; i < 5; i++) {
		layouts[i] = md_text_layout_create("label", 5, &styles[i], 100);
		for (int k = 0; k < i; k++) {
			assert_ptr_not_equal(layouts[i], layouts[k]);
		}
	}
	struct md_text_layout *wider = md_text_layout_create("label", 5, &s_body, 101);
	assert_ptr_not_equal(wider, layouts[0]);
	md_text_layout_release(wider);
	for (int i = 0; i < 5; i++) {
		md_text_layout_release(layouts[i]);
	}
}

static void it_is_bounded_and_keeps_what_was_used_last(void **state)
{
	md_text_cache_clear();
	char text[32];
	for (int i = 0; i < 600; i++) {
		int length = snprintf(text, sizeof(text), "row %d", i);
		md_text_layout_release(md_text_layout_create(text, (size_t)length, &s_body, 200));
		/* The first one is looked at again and again. */
		md_text_layout_release(md_text_layout_create("row 0", 5, &s_body, 200));
	}
	struct md_text_counts before = md_text_counts();
	md_text_layout_release(md_text_layout_create("row 0", 5, &s_body, 200));
	md_text_layout_release(md_text_layout_create("row 599", 7, &s_body, 200));
	assert_int_equal(md_text_counts().created, before.created);
	md_text_layout_release(md_text_layout_create("row 1", 5, &s_body, 200));
	assert_int_equal(md_text_counts().created, before.created + 1);
}

static void huge_texts_are_not_kept(void **state)
{
	size_t length = 40000;
	char *text = malloc(length);
	memset(text, 'x', length);
	struct md_text_counts before = md_text_counts();
	md_text_layout_release(md_text_layout_create(text, length, &s_body, 2000));
	md_text_layout_release(md_text_layout_create(text, length, &s_body, 2000));
	assert_int_equal(md_text_counts().created, before.created + 2);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_same_twice_is_one),
	    cmocka_unit_test(what_differs_is_another),
	    cmocka_unit_test(it_is_bounded_and_keeps_what_was_used_last),
	    cmocka_unit_test(huge_texts_are_not_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
