/* An object in memory: the header, then the part of each class from the root to the leaf, each
 * aligned to 16. Callers hold the header's address. */
#include <os/object.h>

#include <assert.h>
#include <os/map.h>
#include <os/memory.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define MAGIC 0x6f626a74u
#define PART_ALIGN 16
/* References while finalize runs: retain and release in pairs do no harm then. */
#define REFS_DYING (1 << 30)

struct os_object {
	const struct os_class *class;
	struct os_weak *weak; /* list of those that look at this object */
	union {
		int32_t plain;
		_Atomic int32_t shared;
	} refs;
	uint32_t magic;
	bool is_shared;
} __attribute__((aligned(PART_ALIGN)));

struct live {
	const struct os_class *class;
	_Atomic int64_t count;
};

static pthread_mutex_t s_live_lock = PTHREAD_MUTEX_INITIALIZER;
static struct os_map *s_live; /* address of the class → struct live */
static struct live *s_last;   /* counted last: objects come and go in runs of one class */
static _Atomic int64_t s_live_total;

/* --- Live counts ------------------------------------------------------------------------------ */

static void count_live(const struct os_class *class, int64_t change)
{
	pthread_mutex_lock(&s_live_lock);
	if (s_live == NULL) {
		s_live = os_map_create(OS_MAP_NUMBERS);
	}
	bool again = s_last != NULL && s_last->class == class;
	struct live *live = again ? s_last : os_map_get_number(s_live, (uintptr_t) class);
	if (live == NULL) {
		live = os_alloc(sizeof(*live));
		live->class = class;
		os_map_set_number(s_live, (uintptr_t) class, live);
	}
	live->count += change;
	s_last = live;
	/* Forgotten with its last instance: the record may belong to a module that is unloaded. */
	if (live->count == 0) {
		os_map_set_number(s_live, (uintptr_t) class, NULL);
		s_last = NULL;
		os_free(live);
	}
	pthread_mutex_unlock(&s_live_lock);
	atomic_fetch_add(&s_live_total, change);
}

int64_t os_class_live_count(const struct os_class *class)
{
	pthread_mutex_lock(&s_live_lock);
	struct live *live = s_live != NULL ? os_map_get_number(s_live, (uintptr_t) class) : NULL;
	int64_t count = live != NULL ? live->count : 0;
	pthread_mutex_unlock(&s_live_lock);
	return count;
}

int64_t os_object_live_total(void)
{
	return atomic_load(&s_live_total);
}

void os_object_dump_live(void)
{
	pthread_mutex_lock(&s_live_lock);
	struct os_map_cursor cursor = {0};
	while (s_live != NULL && os_map_next(s_live, &cursor)) {
		const struct live *live = cursor.value;
		fprintf(stderr, "%8lld %s\n", (long long)live->count, live->class->name);
	}
	pthread_mutex_unlock(&s_live_lock);
}

/* --- Life ------------------------------------------------------------------------------------- */

static size_t part_size(const struct os_class *class)
{
	return (class->size + PART_ALIGN - 1) & ~(size_t)(PART_ALIGN - 1);
}

/* Bytes from the object's address to the part of class: the header and all ancestors' parts. */
static size_t part_offset(const struct os_class *class)
{
	size_t offset = sizeof(struct os_object);
	for (const struct os_class *at = class->super; at != NULL; at = at->super) {
		offset += part_size(at);
	}
	return offset;
}

static void init_chain(struct os_object *object, const struct os_class *class)
{
	if (class->super != NULL) {
		init_chain(object, class->super);
	}
	if (class->init != NULL) {
		class->init(object);
	}
}

void *os_object_create(const struct os_class *class)
{
	assert(class->struct_size >= sizeof(struct os_class) && class->name != NULL);
	struct os_object *object = os_alloc(part_offset(class) + part_size(class));
	object->class = class;
	object->magic = MAGIC;
	for (const struct os_class *at = class; at != NULL; at = at->super) {
		object->is_shared |= (at->flags & OS_CLASS_SHARED) != 0;
	}
	object->refs.plain = 1;
	count_live(class, 1);
	init_chain(object, class);
	return object;
}

static void destroy(struct os_object *object)
{
	object->refs.plain = REFS_DYING;
	for (struct os_weak *weak = object->weak, *next; weak != NULL; weak = next) {
		next = weak->next;
		*weak = (struct os_weak){0};
	}
	object->weak = NULL;
	for (const struct os_class *at = object->class; at != NULL; at = at->super) {
		if (at->finalize != NULL) {
			at->finalize(object);
		}
	}
	assert(object->refs.plain == REFS_DYING && "kept by its own finalize");
	assert(object->weak == NULL && "looked at weakly by its own finalize");
	count_live(object->class, -1);
	object->magic = 0;
	os_free(object);
}

void *os_retain(void *object_)
{
	struct os_object *object = object_;
	if (object == NULL) {
		return NULL;
	}
	assert(object->magic == MAGIC);
	if (object->is_shared) {
		atomic_fetch_add_explicit(&object->refs.shared, 1, memory_order_relaxed);
	} else {
		object->refs.plain++;
	}
	return object;
}

void *os_release(void *object_)
{
	struct os_object *object = object_;
	if (object == NULL) {
		return NULL;
	}
	assert(object->magic == MAGIC && "released too often");
	int32_t left =
	    object->is_shared
		? atomic_fetch_sub_explicit(&object->refs.shared, 1, memory_order_acq_rel) - 1
		: --object->refs.plain;
	if (left == 0) {
		destroy(object);
	}
	return NULL;
}

void os_assign(void *place, void *next)
{
	void **at = place;
	void *old = *at;
	*at = os_retain(next);
	os_release(old);
}

/* --- Classes ---------------------------------------------------------------------------------- */

const struct os_class *os_object_class(const void *object)
{
	return ((const struct os_object *)object)->class;
}

/* Views ask for their parts some hundreds of times a frame: no calls through the library's table. */
static bool inherits(const struct os_class *class, const struct os_class *ancestor)
{
	while (class != NULL && class != ancestor) {
		class = class->super;
	}
	return class != NULL;
}

static void *find_part(const struct os_object *object, const struct os_class *class)
{
	return inherits(object->class, class) ? (char *)object + part_offset(class) : NULL;
}

bool os_class_inherits(const struct os_class *class, const struct os_class *ancestor)
{
	return inherits(class, ancestor);
}

bool os_object_is(const void *object, const struct os_class *class)
{
	return object != NULL && inherits(((const struct os_object *)object)->class, class);
}

void *os_object_try_state(const void *object, const struct os_class *class)
{
	return object != NULL ? find_part(object, class) : NULL;
}

void *os_object_state(const void *object, const struct os_class *class)
{
	assert(object != NULL && ((const struct os_object *)object)->magic == MAGIC);
	void *state = find_part(object, class);
	assert(state != NULL && "object is not of this class");
	return state;
}

/* --- Weak references -------------------------------------------------------------------------- */

void os_weak_set(struct os_weak *weak, void *object_)
{
	os_weak_finish(weak);
	struct os_object *object = object_;
	if (object == NULL) {
		return;
	}
	assert(object->magic == MAGIC);
	/* What another thread may release cannot be lent by os_weak_get. */
	assert(!object->is_shared && "weak references are for the main thread's objects");
	weak->object = object;
	weak->next = object->weak;
	weak->link = &object->weak;
	if (weak->next != NULL) {
		weak->next->link = &weak->next;
	}
	object->weak = weak;
}

void *os_weak_get(const struct os_weak *weak)
{
	return weak->object;
}

void os_weak_finish(struct os_weak *weak)
{
	if (weak->object != NULL) {
		*weak->link = weak->next;
		if (weak->next != NULL) {
			weak->next->link = weak->link;
		}
	}
	*weak = (struct os_weak){0};
}
