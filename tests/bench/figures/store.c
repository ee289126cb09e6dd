/* Figures of the object store: what the caller pays, how long it takes to be safe, fetching. */
#include <fcntl.h>

#include <cs/store.h>
#include <os/clock.h>
#include <os/loop.h>
#include <os/memory.h>
#include <os/status.h>

#include "objects.h"
#include "work.h"

enum { OBJECT_KIND, OBJECT_NAME, OBJECT_BYTES, OBJECT_WEIGHT };
static const struct cs_attribute s_attributes[] = {
    [OBJECT_KIND] = {"kind", CS_INTEGER},
    [OBJECT_NAME] = {"name", CS_TEXT},
    [OBJECT_BYTES] = {"data", CS_BYTES},
    [OBJECT_WEIGHT] = {"weight", CS_REAL},
};
static const struct cs_entity s_object = CS_ENTITY("object", s_attributes);
static const struct cs_entity *const s_entities[] = {&s_object};
static const struct cs_model s_model = CS_MODEL(1, s_entities);

static struct os_loop *s_loop;
static struct cs_store *s_store;
static uint64_t s_saved; /* the last revision that was reported durable */
static int s_number;

static void saved(void *context, struct cs_store *store, uint64_t revision)
{
	s_saved = revision;
}

static const struct cs_store_delegate s_delegate = {.struct_size = sizeof(s_delegate),
						    .saved = saved};

static void open_store(const char *file)
{
	struct os_error error = {0};
	const struct cs_store_options options = {
	    .struct_size = sizeof(options),
	    .folder = open(bench_folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC),
	    .file = file,
	    .model = &s_model,
	    .delegate = &s_delegate,
	    .autosave_us = -1,
	};
	if (cs_store_open(&options, &s_store, &error) < 0) {
		fprintf(stderr, "%s\n", error.text);
		bench_fail("the store");
	}
}

static void prepare(void)
{
	if (s_loop == NULL) {
		s_loop = os_loop_create();
		open_store("store.sqlite");
	}
}

static struct cs_object *insert(int number)
{
	struct object_values values;
	object_values_init(&values, number);
	struct cs_object *object = cs_store_insert(s_store, &s_object);
	cs_object_set_int(object, OBJECT_KIND, values.kind);
	cs_object_set_text(object, OBJECT_NAME, values.name);
	cs_object_set_bytes(object, OBJECT_BYTES, values.data, sizeof(values.data));
	cs_object_set_real(object, OBJECT_WEIGHT, values.weight);
	return object;
}

static void wait_for(uint64_t revision)
{
	while (s_saved < revision) {
		os_loop_iterate(s_loop, OS_US_PER_S);
	}
}

/* The caller's time for one object, before the queue has written it. */
static double measure_save(int turns)
{
	double *times = os_alloc_array((size_t)turns, sizeof(double));
	for (int i = 0; i < turns; i++) {
		double began_us = bench_real_us();
		insert(s_number++);
		uint64_t revision = cs_store_save(s_store);
		times[i] = bench_real_us() - began_us;
		if (i % OBJECTS_AT_ONCE == OBJECTS_AT_ONCE - 1) {
			wait_for(revision);
		}
	}
	cs_store_flush(s_store, NULL);
	double median_us = bench_median(times, turns);
	os_free(times);
	return median_us;
}

static double measure_durable(int turns)
{
	double *times = os_alloc_array((size_t)turns, sizeof(double));
	for (int i = 0; i < turns; i++) {
		double began_us = bench_real_us();
		insert(s_number++);
		wait_for(cs_store_save(s_store));
		times[i] = bench_real_us() - began_us;
	}
	double median_us = bench_median(times, turns);
	os_free(times);
	return median_us;
}

static void prepare_get(void)
{
	prepare();
	for (int i = 0; i < OBJECTS_STORED; i++) {
		insert(i);
	}
	cs_store_flush(s_store, NULL);
}

static void get_turn(int number)
{
	size_t length;
	struct cs_object *object =
	    cs_store_object(s_store, &s_object, 1 + bench_shuffle(number, OBJECTS_STORED));
	if (object == NULL || cs_object_text(object, OBJECT_NAME)[0] != 'O' ||
	    cs_object_bytes(object, OBJECT_BYTES, &length) == NULL) {
		bench_fail("an object is not there");
	}
}

/* Into an empty file each time. */
static double measure_batch(int turns)
{
	static int s_files;
	char file[32];
	if (s_loop == NULL) {
		s_loop = os_loop_create();
	}
	snprintf(file, sizeof(file), "batch-%d.sqlite", s_files++);
	open_store(file);
	double began_us = bench_real_us();
	for (int i = 0; i < turns; i++) {
		insert(i);
	}
	cs_store_flush(s_store, NULL);
	double took_us = bench_real_us() - began_us;
	s_store = cs_store_close(s_store);
	return took_us / turns;
}

int main(void)
{
	static const struct bench_work s_works[] = {
	    {.name = "store-save", .prepare = prepare, .measure = measure_save},
	    {.name = "store-durable", .prepare = prepare, .measure = measure_durable},
	    {.name = "store-get", .prepare = prepare_get, .turn = get_turn},
	    {.name = "store-batch", .measure = measure_batch},
	};
	return bench_serve(s_works, OS_ARRAY_LEN(s_works));
}
