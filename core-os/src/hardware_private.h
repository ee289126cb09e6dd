/* Lines of a board: what the app's side and the supervisor's share. */
#ifndef HARDWARE_PRIVATE_H
#define HARDWARE_PRIVATE_H

#include <os/buffer.h>
#include <os/hardware.h>
#include <os/loop.h>

/* The kernel's word for a serial speed; 0: there is none. */
unsigned hardware_speed(int32_t bits_a_second);

struct os_hardware {
	struct os_hardware_delegate delegate; /* a copy: what the caller's record does not have is NULL */
	void *context;
	char name[32];
	bool asked; /* the answer is due */
	/* once it is open */
	uint32_t kind;
	int fd; /* -1 = it is not */
	struct os_loop *loop;
	struct os_source *source;
	struct os_buffer unsent; /* serial */
	struct os_hardware **gone; /* while the delegate is called: set to NULL by close */
};

/* A line that nobody was asked for yet. */
struct os_hardware *hardware_create(const char *name, const struct os_hardware_delegate *delegate,
                                    void *context);
/* It was handed over: takes fd, and listens to it. */
void hardware_adopt(struct os_hardware *line, struct os_loop *loop, uint32_t kind, int fd);
/* The delegate hears `lost`. */
void hardware_lose(struct os_hardware *line, int status);

/* What the loop found readable or writable. */
void hardware_serial_ready(struct os_hardware *line, uint32_t events);
void hardware_gpio_ready(struct os_hardware *line);

#endif
