/* Hardware: the lines of a board that an app may use: GPIO, I2C, serial (ExternalAccessory).
 *
 * A bundle's manifest names them ("hardware"), whoever installs it grants them, and the supervisor
 * opens each when the app asks and hands over a descriptor for that one line, address or port. An app
 * can open no device itself. What is not there, is used by somebody else or may not be opened ends no
 * app: it is told the status and a sentence, and may ask again.
 *
 *	static void opened(void *context, struct os_hardware *line, int status, const char *sentence)
 *	{
 *		if (status == 0) { os_gpio_set(line, true); } else { show(sentence); }
 *	}
 *	static const struct os_hardware_delegate s_delegate = {
 *		.struct_size = sizeof(s_delegate), .opened = opened };
 *	self->relay = os_hardware_open("relay", &s_delegate, self);
 *	…
 *	self->relay = os_hardware_close(self->relay);
 *
 * A line belongs to the process: when that ends, the kernel takes it back (an output then goes back to
 * what the board makes of it). Thread: main, but os_i2c_transfer any. */
#ifndef OS_HARDWARE_H
#define OS_HARDWARE_H

#include <os/base.h>

struct os_error;

enum os_hardware_kind {
	OS_HARDWARE_GPIO_OUTPUT = 1, OS_HARDWARE_GPIO_INPUT, OS_HARDWARE_I2C, OS_HARDWARE_SERIAL,
	OS_HARDWARE_KINDS
};

/* --- Using a line ---------------------------------------------------------------------------------- */

struct os_hardware;

struct os_hardware_delegate {
	uint32_t struct_size;
	/* The answer to open and to each retry. status 0: it can be used; else -ENOENT not in the manifest
	 * or no such line, -EBUSY somebody else has it, -EACCES, -ENODEV, …; sentence is for a person. */
	void (*opened)(void *context, struct os_hardware *line, int status, const char *sentence);
	/* An input has changed to active or back; time is the device's, from the kernel. May be NULL. */
	void (*edge)(void *context, struct os_hardware *line, bool active, int64_t time_us);
	void (*received)(void *context, struct os_hardware *line, const void *bytes, size_t length); /* serial */
	/* It was there and is no more (unplugged). It may be asked for again. May be NULL. */
	void (*lost)(void *context, struct os_hardware *line, int status);
};

/* name: of the manifest. `opened` comes later, never from inside; NULL in a process that has no
 * supervisor. */
OS_PUBLIC struct os_hardware *os_hardware_open(const char *name, const struct os_hardware_delegate *delegate,
                                               void *context);
OS_PUBLIC struct os_hardware *os_hardware_close(struct os_hardware *line); /* NULL is accepted; returns NULL */
/* Asks once more for a line that could not be had, or was lost. -EALREADY while it is there or asked for. */
OS_PUBLIC int os_hardware_retry(struct os_hardware *line);
OS_PUBLIC bool os_hardware_is_open(const struct os_hardware *line);
OS_PUBLIC enum os_hardware_kind os_hardware_kind(const struct os_hardware *line); /* once it was open */

/* All of these: -ENOTCONN while it is not open, -ENOTSUP for another kind of line. */
OS_PUBLIC int os_gpio_set(struct os_hardware *line, bool active);
OS_PUBLIC int os_gpio_get(struct os_hardware *line); /* 1 active, 0 not; an output too */

/* Writes, then reads, one after the other; either may be nothing. At most 1 + 32 bytes are one
 * transaction where the adapter can do that, else there is a stop between. Blocks for the bus, about
 * 0.1 ms a byte at 100 kHz. */
#define OS_I2C_MAX_BYTES 512
struct os_i2c_transfer {
	const void *write;
	size_t write_length;
	void *read;
	size_t read_length;
};
OS_PUBLIC int os_i2c_transfer(struct os_hardware *line, const struct os_i2c_transfer *transfer);

/* Queues the bytes and sends them as the port takes them. -ENOBUFS above 64 KiB unsent. */
OS_PUBLIC int os_serial_write(struct os_hardware *line, const void *bytes, size_t length);

/* --- What a manifest names: for services and the supervisor ----------------------------------------- */

#define OS_HARDWARE_MAX 8 /* lines of one app */

enum os_hardware_flags {
	OS_HARDWARE_ACTIVE_LOW = 1, OS_HARDWARE_PULL_UP = 2, OS_HARDWARE_PULL_DOWN = 4,
	OS_HARDWARE_RISING = 8, OS_HARDWARE_FALLING = 16,
	OS_HARDWARE_FLAGS = 31
};

struct os_hardware_entry {
	uint32_t kind;    /* enum os_hardware_kind */
	char name[32];    /* what the app calls it: a-z, 0-9, '-' */
	char device[32];  /* GPIO: chip's name or label, "" = whichever has the line; serial: name in /dev */
	char line[32];    /* GPIO: its name, "" = by number */
	int32_t number;   /* GPIO: the line; I2C: the bus */
	int32_t value;    /* I2C: the address; serial: bits a second */
	uint32_t flags;   /* enum os_hardware_flags */
};

/* 0, or -EINVAL with what was expected of which member. */
OS_PUBLIC int os_hardware_check(const struct os_hardware_entry *entry, struct os_error *ret_error);
OS_PUBLIC const char *os_hardware_kind_name(uint32_t kind); /* "gpio-output", …; "" */
OS_PUBLIC uint32_t os_hardware_kind_named(const char *name); /* 0: none */
/* Where it is, for a person: "line GPIO17", "bus 1, address 0x48", "serial0 at 9600". */
OS_PUBLIC void os_hardware_describe(const struct os_hardware_entry *entry, char *ret_text, size_t size);
/* A bit for each kind in the list, 1 << kind: what the app's filter has to let through. */
OS_PUBLIC uint32_t os_hardware_kinds(const struct os_hardware_entry *entries, size_t count);

#endif
