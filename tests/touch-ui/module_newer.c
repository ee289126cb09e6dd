/* A module of an API that does not exist yet: it must be refused with a sentence. */
#include <ui/app.h>

static const struct ui_app_class s_class = {.struct_size = sizeof(s_class), .api = UI_API + 1};

UI_PUBLIC const struct ui_app_class *strata_app(void)
{
	return &s_class;
}
