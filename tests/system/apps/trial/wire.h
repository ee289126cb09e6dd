/* Wire: what an app could write to the compositor if it left the library out. Every message is made
 * byte by byte, so that it may be wrong in any way.
 *
 *	struct wire wire;
 *	wire_open(&wire);
 *	wire_scene(&wire);                             scene 9 with the root layer 100
 *	wire_op(&wire, WIRE_OPACITY, "ud", 100u, 0.5);
 *	wire_commit(&wire);
 *	bool refused = wire_was_closed(&wire);
 *	wire_close(&wire); */
#ifndef TRIAL_WIRE_H
#define TRIAL_WIRE_H

#include <md/scene_interface.h>
#include <stdint.h>

/* Their numbers in md_layer_ops_interface. */
enum wire_op {
	WIRE_CREATE = 0, WIRE_CHILDREN = 2, WIRE_FRAME = 3, WIRE_TRANSFORM = 4, WIRE_OPACITY = 6,
	WIRE_SURFACE = 15, WIRE_HOST = 17, WIRE_ANIMATE = 18
};

#define WIRE_SCENE 9u
#define WIRE_ROOT 100u

struct wire {
	int fd;
	uint8_t ops[60000];
	size_t ops_length;
};

int wire_open(struct wire *wire);
void wire_close(struct wire *wire);

/* values: u i32, t i64, d double, b bool, one argument each. */
void wire_send(struct wire *wire, uint32_t type, const char *values, ...);
/* With descriptors, wrong size or no values at all. */
int wire_send_raw(struct wire *wire, const void *bytes, size_t length, const int *fds, int fd_count);

void wire_scene(struct wire *wire);
void wire_op(struct wire *wire, enum wire_op op, const char *values, ...);
void wire_commit(struct wire *wire);
/* The descriptor of the next arena that is given, -1 if there is none. */
int wire_arena(struct wire *wire, uint32_t id, uint32_t bytes);

/* Waits until the compositor hangs up; false after a second of real time without it. */
bool wire_was_closed(struct wire *wire);

#endif
