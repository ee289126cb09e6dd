#include "class_function.h"

#include <string.h>

ui_any_fn ui_class_function(const struct os_class *class, size_t offset)
{
	for (; class != NULL; class = class->super) {
		if (class->struct_size < offset + sizeof(ui_any_fn)) {
			continue;
		}
		ui_any_fn fn;
		memcpy(&fn, (const char *)class + offset, sizeof(fn));
		if (fn != NULL) {
			return fn;
		}
	}
	return NULL;
}

ui_any_fn ui_super_function(const struct os_class *class, size_t offset)
{
	return ui_class_function(class->super, offset);
}
