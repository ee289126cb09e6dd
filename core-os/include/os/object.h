/* Objects: counted references, one line of ancestors, weak references (UIKit's NSObject).
 *
 * A class is a const record; `size` is that of the class's own part only, so that a newer library
 * may grow a parent without recompiling an app's subclass.
 *
 *	struct lamp { bool lit; };
 *	static void lamp_init(struct os_object *object) { … }
 *	static const struct os_class s_lamp_class = {
 *		.struct_size = sizeof(struct os_class), .name = "lamp", .size = sizeof(struct lamp),
 *		.init = lamp_init, .finalize = lamp_finalize,
 *	};
 *	void *object = os_object_create(&s_lamp_class);
 *	struct lamp *lamp = os_object_state(object, &s_lamp_class);
 *	os_release(object);
 *
 * init runs root first, finalize leaf first; both may be NULL. Own parts are zeroed and aligned to
 * 16. Thread: the main one, except for classes with OS_CLASS_SHARED, whose counts are atomic and
 * whose instances are immutable and cannot be looked at weakly. NULL: retain, release and weak
 * functions accept it. */
#ifndef OS_OBJECT_H
#define OS_OBJECT_H

#include <os/base.h>

struct os_object;

enum os_class_flags {
	OS_CLASS_SHARED = 1 << 0, /* immutable; may be retained and released on any thread */
};

struct os_class {
	uint32_t struct_size; /* sizeof the whole record, of a subclass of os_class too */
	uint32_t flags;       /* enum os_class_flags */
	const char *name;
	size_t size; /* bytes of this class's own part; 0 is fine */
	const struct os_class *super; /* NULL for a root */
	void (*init)(struct os_object *object);
	void (*finalize)(struct os_object *object);
};

/* Allocates the whole chain, runs the inits, returns the one reference. */
OS_PUBLIC void *os_object_create(const struct os_class *class);

OS_PUBLIC void *os_retain(void *object);      /* returns object */
OS_PUBLIC void *os_release(void *object);     /* returns NULL */
/* Retains next before it releases *place, then stores it: the safe way to write a property. */
OS_PUBLIC void os_assign(void *place, void *next);

OS_PUBLIC const struct os_class *os_object_class(const void *object);
/* The class's own part of the object; asserts that the object is of that class. */
OS_PUBLIC void *os_object_state(const void *object, const struct os_class *class);
/* The same for a caller who is not sure: NULL when the object is not of that class. */
OS_PUBLIC void *os_object_try_state(const void *object, const struct os_class *class);
OS_PUBLIC bool os_object_is(const void *object, const struct os_class *class);
OS_PUBLIC bool os_class_inherits(const struct os_class *class, const struct os_class *ancestor);

/* Instances alive now, of exactly this class. Tests compare it before and after. */
OS_PUBLIC int64_t os_class_live_count(const struct os_class *class);
/* All instances of all classes; os_object_dump_live prints a line per class to stderr. */
OS_PUBLIC int64_t os_object_live_total(void);
OS_PUBLIC void os_object_dump_live(void);

/* A weak reference zeroes itself when its object goes. Embed it zeroed; finish it before its own
 * memory goes away. It must not move in memory while it is set. */
struct os_weak {
	void *object;              /* read it through os_weak_get only */
	struct os_weak *next, **link; /* the object's list of weak references */
};
OS_PUBLIC void os_weak_set(struct os_weak *weak, void *object); /* NULL clears */
OS_PUBLIC void *os_weak_get(const struct os_weak *weak);        /* lends; NULL if it has gone */
OS_PUBLIC void os_weak_finish(struct os_weak *weak);

#endif
