/* Class function: finds the function of the nearest class that has one ("NULL asks super"). */
#ifndef UI_CLASS_FUNCTION_H
#define UI_CLASS_FUNCTION_H

#include <os/object.h>

typedef void (*ui_any_fn)(void);

/* The function that lies `offset` bytes into the class record, of the nearest ancestor whose
 * record reaches that far and is not NULL there. Records of older apps are shorter: what they lack
 * is NULL. */
ui_any_fn ui_class_function(const struct os_class *class, size_t offset);
/* The same, beginning above `class`. */
ui_any_fn ui_super_function(const struct os_class *class, size_t offset);

#endif
