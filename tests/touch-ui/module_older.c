/* A module whose class record ends after did_launch, as an older Strata's would. */
#include <ui/app.h>

static int did_launch(struct ui_app *app)
{
	return 0;
}

static const struct {
	uint32_t struct_size, api;
	int (*did_launch)(struct ui_app *app);
	/* What lies behind is no part of it. */
	uintptr_t rubbish[16];
} s_class = {
    .struct_size = offsetof(struct ui_app_class, scene_connected),
    .api = 1,
    .did_launch = did_launch,
    .rubbish = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return (const struct ui_app_class *)&s_class;
}
