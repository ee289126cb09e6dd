/* Layer values: properties by number, animations over a model, the array of them. F46 */
#include "test.h"

#include <math.h>

#include "layer_values.h"

static void each_property_is_set_and_read(void **state)
{
	for (int property = 0; property < MD_LAYER_PROPERTIES; property++) {
		struct md_layer_values values, before;
		md_layer_values_init(&values);
		before = values;
		double in[MD_ANIMATION_VALUES] = {0.1, 0.2, 0.3, 0.4}, out[MD_ANIMATION_VALUES];
		md_layer_values_set(&values, (enum md_layer_property)property, in);
		md_layer_values_get(&values, (enum md_layer_property)property, out);
		int count = md_layer_property_count((enum md_layer_property)property);
		for (int i = 0; i < MD_ANIMATION_VALUES; i++) {
			assert_true(out[i] == (i < count ? in[i] : 0));
		}
		/* And no other property with it. */
		for (int other = 0; other < MD_LAYER_PROPERTIES; other++) {
			double was[MD_ANIMATION_VALUES], is[MD_ANIMATION_VALUES];
			md_layer_values_get(&before, (enum md_layer_property)other, was);
			md_layer_values_get(&values, (enum md_layer_property)other, is);
			assert_true(other == property || memcmp(was, is, sizeof(is)) == 0);
		}
	}
}

static void animations_lie_over_the_model(void **state)
{
	struct md_layer_values values;
	struct md_layer_animations animations = {0};
	struct md_animation slide = md_animation_curve(MD_LAYER_TRANSLATION, 1000, MD_CURVE_LINEAR);
	slide.begin_us = 5000;
	slide.from[0] = 100;
	slide.to[0] = 200;
	md_layer_animations_put(&animations, "slide")->animation = slide;
	slide.additive = true;
	slide.from[0] = slide.to[0] = 7;
	md_layer_animations_put(&animations, "shake")->animation = slide;
	md_layer_values_init(&values);
	assert_true(md_layer_values_animate(&values, &animations, 5500));
	assert_true(fabs(values.transform.translate_x - 157) < 1e-6);
	/* Over: the model's value is what is left. */
	md_layer_values_init(&values);
	assert_false(md_layer_values_animate(&values, &animations, 6001));
	assert_true(values.transform.translate_x == 0);
	md_layer_animations_finish(&animations);
}

static void keys_name_animations(void **state)
{
	struct md_layer_animations animations = {0};
	md_layer_animations_put(&animations, "a")->end_us = 1;
	md_layer_animations_put(&animations, "b")->end_us = 2;
	md_layer_animations_put(&animations, "c")->end_us = 3;
	assert_int_equal(md_layer_animations_put(&animations, "b")->end_us, 2);
	assert_int_equal(animations.count, 3);
	md_layer_animations_remove(&animations, md_layer_animations_find(&animations, "b"));
	assert_null(md_layer_animations_find(&animations, "b"));
	assert_int_equal(md_layer_animations_find(&animations, "c")->end_us, 3);
	md_layer_animations_finish(&animations);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_property_is_set_and_read),
					   cmocka_unit_test(animations_lie_over_the_model),
					   cmocka_unit_test(keys_name_animations)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
