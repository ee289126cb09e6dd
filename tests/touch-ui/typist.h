/* A typist at a hardware keyboard: presses keys on a hand's window, and pastes pictures of it.
 *
 *	press(&hand, KEY_LEFT, OS_KEY_SHIFT);
 *	type(&hand, "Hello");
 */
#ifndef TEST_TYPIST_H
#define TEST_TYPIST_H

#include "hand.h"

#include <linux/input-event-codes.h>
#include <os/key_input.h>

/* True: somebody took it. */
bool press(struct hand *hand, uint32_t key, uint32_t modifiers);
void type(struct hand *hand, const char *text); /* a key for each character */
/* Layout of what is marked, as a tick does it. */
void frame(struct hand *hand);
/* Paints the window's views; if the environment has STRATA_TEST_PICTURES, into NAME.png there. Returns
 * how many pixels are of that colour (0xRRGGBB). */
int paint(struct hand *hand, const char *name, uint32_t color);

#endif
