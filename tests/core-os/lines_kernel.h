/* The kernel's side of GPIO and I2C, for tests: this program's own ioctl() answers for files that stand
 * for chips, and passes everything else on. Two chips: gpiochip0 "pinctrl-test" with lines GPIO0 …
 * GPIO27, of which GPIO5 is used by "spi0 CS0"; gpiochip2 "expander" with four lines without names. */
#ifndef TEST_LINES_KERNEL_H
#define TEST_LINES_KERNEL_H

#include <stdbool.h>
#include <stdint.h>

struct lines_kernel {
	int folder;       /* to be opened as /dev */
	char path[64];
	int requests;     /* of a line, that were granted */
	uint32_t offset;  /* of the last one */
	uint64_t flags;
	char consumer[32];
	int pipe[2];      /* the line: [0] is handed over, what is written to [1] are its edges */
	bool level;
	long address;     /* that was set on a bus */
	uint8_t command, bytes[33]; /* of the last SMBus call */
	bool reads, no_blocks, address_busy;
};
extern struct lines_kernel g_kernel;

void lines_kernel_begin(void);
void lines_kernel_end(void);

#endif
