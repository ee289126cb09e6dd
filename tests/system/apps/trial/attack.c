/* Attacks on the compositor. Each has a connection of its own and returns whether it was refused: by
 * hanging up on it, or by the answer that a refusal has. */
#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <os/os.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wire.h"

#define ARENA_BYTES 65536u
#define FLOOD 400

/* --- Bytes that are no messages ----------------------------------------------------------------------- */

static bool no_message(struct wire *wire)
{
	wire_send_raw(wire, "spam", 4, NULL, 0);
	return wire_was_closed(wire);
}

static bool unknown_message(struct wire *wire)
{
	wire_send(wire, 9999, "u", 1u);
	return wire_was_closed(wire);
}

static bool too_few_values(struct wire *wire)
{
	wire_send(wire, MD_SCENE_CREATE, "uu", 1u, 0u);
	return wire_was_closed(wire);
}

static bool too_many_values(struct wire *wire)
{
	wire_send(wire, MD_SCENE_DESTROY, "uuu", 1u, 2u, 3u);
	return wire_was_closed(wire);
}

static bool a_reply_to_nothing(struct wire *wire)
{
	wire_send(wire, MD_SCENE_CREATE | 0x80000000u, "u", 1u);
	return wire_was_closed(wire);
}

/* --- What belongs to others ------------------------------------------------------------------------------ */

static bool be_the_shell(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_SHELL_ATTACH, "u", WIRE_SCENE);
	return wire_was_closed(wire);
}

static bool take_the_front(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_SHELL_ACTIVATE, "ut", WIRE_SCENE, UINT64_C(1) << 16 | 1);
	return wire_was_closed(wire);
}

static bool picture_of_another(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_SHELL_SNAPSHOT, "ut", WIRE_SCENE, UINT64_C(1) << 16 | 1);
	return wire_was_closed(wire);
}

static bool scene_of_a_shell(struct wire *wire)
{
	wire_send(wire, MD_SCENE_CREATE, "uuub", 1u, (uint32_t)MD_SCENE_SHELL, WIRE_ROOT, 0);
	return wire_was_closed(wire);
}

static bool scene_of_a_keyboard(struct wire *wire)
{
	wire_send(wire, MD_SCENE_CREATE, "uuub", 1u, (uint32_t)MD_SCENE_KEYBOARD, WIRE_ROOT, 0);
	return wire_was_closed(wire);
}

/* The one that the app shows, from a second connection. */
static bool its_own_scene_again(struct wire *wire)
{
	wire_send(wire, MD_SCENE_CREATE, "uuub", 1u, (uint32_t)MD_SCENE_APP, WIRE_ROOT, 0);
	return wire_was_closed(wire);
}

static bool scene_of_another(struct wire *wire)
{
	wire_send(wire, MD_SCENE_REQUEST_TICK, "u", 77u);
	return wire_was_closed(wire);
}

static bool text_into_another(struct wire *wire)
{
	wire_send(wire, MD_SCENE_ACK_INPUT, "uu", 77u, 1u);
	return wire_was_closed(wire);
}

static bool layer_of_another(struct wire *wire)
{
	wire_scene(wire);
	wire_op(wire, WIRE_FRAME, "udddd", 1u, 0.0, 0.0, 10.0, 10.0);
	wire_commit(wire);
	return wire_was_closed(wire);
}

/* Every token there can be by now: clients are numbered from 1. */
static bool host_another(struct wire *wire)
{
	wire_scene(wire);
	for (uint64_t client = 1; client < 100; client++) {
		wire_op(wire, WIRE_HOST, "utbb", WIRE_ROOT, client << 16 | 1, 1, 0);
	}
	wire_commit(wire);
	return wire_was_closed(wire);
}

static bool host_itself(struct wire *wire)
{
	wire_scene(wire);
	wire_op(wire, WIRE_HOST, "utbb", WIRE_ROOT, os_process_info()->client << 16 | WIRE_SCENE, 1, 0);
	wire_commit(wire);
	return wire_was_closed(wire);
}

/* --- Layers that cannot be --------------------------------------------------------------------------------- */

static bool circle_of_layers(struct wire *wire)
{
	wire_scene(wire);
	wire_op(wire, WIRE_CREATE, "u", 7u);
	wire_op(wire, WIRE_CREATE, "u", 8u);
	wire_op(wire, WIRE_CHILDREN, "uuu", 7u, 1u, 8u);
	wire_op(wire, WIRE_CHILDREN, "uuu", 8u, 1u, 7u);
	wire_commit(wire);
	return wire_was_closed(wire);
}

static bool frame_of(struct wire *wire, double x, double width)
{
	wire_scene(wire);
	wire_op(wire, WIRE_FRAME, "udddd", WIRE_ROOT, x, 0.0, width, 10.0);
	wire_commit(wire);
	return wire_was_closed(wire);
}

static bool not_a_number(struct wire *wire)
{
	return frame_of(wire, NAN, 10);
}

static bool infinite_place(struct wire *wire)
{
	return frame_of(wire, INFINITY, 10);
}

static bool absurd_size(struct wire *wire)
{
	return frame_of(wire, 0, 1e12);
}

static bool absurd_scale(struct wire *wire)
{
	wire_scene(wire);
	wire_op(wire, WIRE_TRANSFORM, "uddddd", WIRE_ROOT, 0.0, 0.0, 1e15, 1e15, 0.0);
	wire_commit(wire);
	return wire_was_closed(wire);
}

static bool too_deep(struct wire *wire)
{
	wire_scene(wire);
	wire_op(wire, WIRE_CREATE, "u", 200u);
	for (uint32_t i = 201; i < 400; i++) {
		wire_op(wire, WIRE_CREATE, "u", i);
		wire_op(wire, WIRE_CHILDREN, "uuu", i, 1u, i - 1);
	}
	wire_op(wire, WIRE_CHILDREN, "uuu", WIRE_ROOT, 1u, 399u);
	wire_commit(wire);
	return wire_was_closed(wire);
}

static bool too_many_layers(struct wire *wire)
{
	wire_scene(wire);
	for (uint32_t round = 0; round < 10; round++) {
		for (uint32_t i = 0; i < 1500; i++) {
			wire_op(wire, WIRE_CREATE, "u", 1000 + round * 1500 + i);
		}
		wire_commit(wire);
	}
	return wire_was_closed(wire);
}

static bool too_many_scenes(struct wire *wire)
{
	for (uint32_t i = 2; i < 50; i++) {
		wire_send(wire, MD_SCENE_CREATE, "uuub", i, (uint32_t)MD_SCENE_APP, 1000 + i, 0);
	}
	return wire_was_closed(wire);
}

/* --- Order --------------------------------------------------------------------------------------------------- */

static bool begin_twice(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_BEGIN, "u", WIRE_SCENE);
	wire_send(wire, MD_SCENE_BEGIN, "u", WIRE_SCENE);
	return wire_was_closed(wire);
}

static bool commit_of_nothing(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_COMMIT, "uuttu", WIRE_SCENE, 1u, UINT64_C(0), UINT64_C(0), 0u);
	return wire_was_closed(wire);
}

static bool commit_of_the_future(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_BEGIN, "u", WIRE_SCENE);
	wire_send(wire, MD_SCENE_COMMIT, "uuttu", WIRE_SCENE, 1u, UINT64_MAX, UINT64_C(0), 0u);
	return wire_was_closed(wire);
}

static bool never_commit(struct wire *wire)
{
	wire_scene(wire);
	wire_send(wire, MD_SCENE_BEGIN, "u", WIRE_SCENE);
	static uint8_t bytes[24 + 4 + 60000];
	uint32_t words[] = {MD_SCENE_OPS, sizeof(bytes)};
	uint32_t length = 60000;
	memcpy(bytes, words, sizeof(words));
	memcpy(bytes + 24, &length, sizeof(length));
	for (int i = 0; i < FLOOD && wire_send_raw(wire, bytes, sizeof(bytes), NULL, 0) == 0; i++) {
	}
	return wire_was_closed(wire);
}

/* --- Memory ----------------------------------------------------------------------------------------------------- */

static bool surface_at(struct wire *wire, uint32_t arena, uint32_t offset, uint32_t side, uint32_t stride)
{
	wire_scene(wire);
	os_fd_close(wire_arena(wire, 1, ARENA_BYTES));
	wire_op(wire, WIRE_SURFACE, "uuuuuubdddd", WIRE_ROOT, arena, offset, side, side, stride, 1, 0.0, 0.0, 1.0, 1.0);
	wire_commit(wire);
	return wire_was_closed(wire);
}

static bool memory_of_nobody(struct wire *wire)
{
	return surface_at(wire, 5, 0, 4, 16);
}

static bool beyond_its_memory(struct wire *wire)
{
	return surface_at(wire, 1, 0, 16000, 64000);
}

static bool before_its_memory(struct wire *wire)
{
	return surface_at(wire, 1, 0xfffffff0u, 4, 16);
}

static bool rows_that_overlap(struct wire *wire)
{
	return surface_at(wire, 1, 0, 64, 16);
}

static bool more_memory_than_there_is(struct wire *wire)
{
	wire_scene(wire);
	int fd = wire_arena(wire, 1, 0xffffffffu);
	os_fd_close(fd);
	return fd < 0;
}

static bool memory_without_end(struct wire *wire)
{
	int given = 0;
	wire_scene(wire);
	for (uint32_t i = 1; i < 64; i++) {
		int fd = wire_arena(wire, i, 4u << 20);
		given += fd >= 0;
		os_fd_close(fd);
	}
	return given < 16;
}

static bool truncate_its_memory(struct wire *wire)
{
	wire_scene(wire);
	int fd = wire_arena(wire, 1, ARENA_BYTES);
	bool refused = fd >= 0 && ftruncate(fd, 0) < 0 && ftruncate(fd, (off_t)1 << 30) < 0;
	os_fd_close(fd);
	return refused;
}

static bool hole_in_its_memory(struct wire *wire)
{
	wire_scene(wire);
	int fd = wire_arena(wire, 1, ARENA_BYTES);
	void *memory = mmap(NULL, ARENA_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	bool refused = memory != MAP_FAILED && fallocate(fd, 3, 0, 4096) < 0 && madvise(memory, 4096, MADV_REMOVE) < 0;
	munmap(memory, ARENA_BYTES);
	os_fd_close(fd);
	return refused;
}

/* One that is not sealed could be cut short while the compositor reads it. */
static bool file_as_memory(struct wire *wire)
{
	uint8_t message[28] = {MD_SCENE_ARENA_BACK, 0, 0, 0, sizeof(message)};
	int fd = open("/data/picture", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	bool made = fd >= 0 && ftruncate(fd, ARENA_BYTES) == 0;
	message[24] = 9;
	wire_send_raw(wire, message, sizeof(message), &fd, 1);
	os_fd_close(fd);
	return made && wire_was_closed(wire);
}

/* --- Floods --------------------------------------------------------------------------------------------------------- */

static bool more_descriptors_than_asked(struct wire *wire)
{
	uint8_t message[28] = {MD_SCENE_ARENA_BACK, 0, 0, 0, sizeof(message)};
	int fds[60];
	for (int i = 0; i < 60; i++) {
		fds[i] = wire->fd;
	}
	wire_send_raw(wire, message, sizeof(message), fds, 60);
	return wire_was_closed(wire);
}

static bool flood_of_descriptors(struct wire *wire)
{
	/* A message that has none in its table, with as many as fit, again and again. */
	uint8_t message[28] = {MD_SCENE_REQUEST_TICK, 0, 0, 0, sizeof(message)};
	int fds[16];
	for (int i = 0; i < 16; i++) {
		fds[i] = wire->fd;
	}
	message[24] = WIRE_SCENE;
	wire_scene(wire);
	for (int i = 0; i < FLOOD && wire_send_raw(wire, message, sizeof(message), fds, 16) == 0; i++) {
	}
	return wire_was_closed(wire);
}

static bool animations_of_nonsense(struct wire *wire)
{
	wire_scene(wire);
	for (uint32_t i = 0; i < 100; i++) {
		wire_op(wire, WIRE_CREATE, "u", 1000 + i);
		/* A key of one letter; opacity, a curve; begin, duration; repeat, settle, curve, spring;
		 * three triples of which none is given. */
		wire_op(wire, WIRE_ANIMATE, "uubbuuuttddddddddduu", 1000 + i, 1u, 'k', 0, 2u, 0u, 0u, UINT64_C(0),
		        UINT64_MAX, -1.0, NAN, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0u, 0u);
	}
	wire_commit(wire);
	return wire_was_closed(wire);
}

/* --- All --------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	bool (*attack)(struct wire *wire);
} s_attacks[] = {
	{"no_message", no_message},
	{"unknown_message", unknown_message},
	{"too_few_values", too_few_values},
	{"too_many_values", too_many_values},
	{"a_reply_to_nothing", a_reply_to_nothing},
	{"be_the_shell", be_the_shell},
	{"take_the_front", take_the_front},
	{"picture_of_another", picture_of_another},
	{"scene_of_a_shell", scene_of_a_shell},
	{"scene_of_a_keyboard", scene_of_a_keyboard},
	{"its_own_scene_again", its_own_scene_again},
	{"scene_of_another", scene_of_another},
	{"text_into_another", text_into_another},
	{"layer_of_another", layer_of_another},
	{"host_another", host_another},
	{"host_itself", host_itself},
	{"circle_of_layers", circle_of_layers},
	{"not_a_number", not_a_number},
	{"infinite_place", infinite_place},
	{"absurd_size", absurd_size},
	{"absurd_scale", absurd_scale},
	{"too_deep", too_deep},
	{"too_many_layers", too_many_layers},
	{"too_many_scenes", too_many_scenes},
	{"begin_twice", begin_twice},
	{"commit_of_nothing", commit_of_nothing},
	{"commit_of_the_future", commit_of_the_future},
	{"never_commit", never_commit},
	{"memory_of_nobody", memory_of_nobody},
	{"beyond_its_memory", beyond_its_memory},
	{"before_its_memory", before_its_memory},
	{"rows_that_overlap", rows_that_overlap},
	{"more_memory_than_there_is", more_memory_than_there_is},
	{"memory_without_end", memory_without_end},
	{"truncate_its_memory", truncate_its_memory},
	{"hole_in_its_memory", hole_in_its_memory},
	{"file_as_memory", file_as_memory},
	{"more_descriptors_than_asked", more_descriptors_than_asked},
	{"flood_of_descriptors", flood_of_descriptors},
	{"animations_of_nonsense", animations_of_nonsense},
};

const char *attack_compositor(void)
{
	static char answer[1024];
	static struct wire wire;
	int refused = 0, count = (int)OS_ARRAY_LEN(s_attacks);
	char passed[800] = "";
	for (int i = 0; i < count; i++) {
		bool is_refused = wire_open(&wire) == 0 && s_attacks[i].attack(&wire);
		wire_close(&wire);
		refused += is_refused;
		if (!is_refused) {
			size_t used = strlen(passed);
			snprintf(passed + used, sizeof(passed) - used, " %s", s_attacks[i].name);
		}
	}
	snprintf(answer, sizeof(answer), "%d of %d attacks refused.%s%s", refused, count,
	         passed[0] != '\0' ? " Not:" : "", passed);
	os_log_info("trial", "%s", answer);
	return answer;
}
