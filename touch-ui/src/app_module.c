/* An app's module: opened, asked for its class, and held to the API that it was written for. */
#include <dlfcn.h>
#include <errno.h>
#include <os/path.h>
#include <stdio.h>
#include <string.h>

#include "app_private.h"

typedef const struct ui_app_class *(*module_fn)(void);

int ui_app_load(const char *folder, const char *module, struct ui_app_class *ret_class,
		struct os_error *ret_error)
{
	char path[1024];
	if (!os_path_is_safe(module)) {
		return os_error_set(ret_error, -EINVAL,
				    "%s: expected the name of a module in the bundle", module);
	}
	snprintf(path, sizeof(path), "%s/%s", folder, module);
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL) {
		return os_error_set(ret_error, -ENOEXEC, "%s cannot be loaded: %s", module,
				    dlerror());
	}
	module_fn strata_app_fn;
	*(void **)&strata_app_fn = dlsym(handle, "strata_app");
	const struct ui_app_class *class = strata_app_fn != NULL ? strata_app_fn() : NULL;
	if (class == NULL || class->struct_size < offsetof(struct ui_app_class, did_launch)) {
		dlclose(handle);
		return os_error_set(ret_error, -ENOEXEC,
				    "%s is no app: expected a function strata_app", module);
	}
	if (class->api > UI_API) {
		unsigned api = class->api;
		dlclose(handle);
		return os_error_set(ret_error, -ENOTSUP,
				    "%s was made for a newer Strata (API %u; this one has %d)",
				    module, api, UI_API);
	}
	memset(ret_class, 0, sizeof(*ret_class));
	memcpy(ret_class, class, OS_MIN(class->struct_size, sizeof(*ret_class)));
	ret_class->struct_size = sizeof(*ret_class);
	return 0;
}
