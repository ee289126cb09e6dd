/* Fake board: a display in memory, and fingers that a test moves. The only fake of these tests.
 *
 *	struct fake_board *fake = fake_board_create(2);            two buffers, so ages are 2
 *	options.board = options.script_board = fake_board_table(fake);
 *	fake_board_touch(fake, OS_TOUCH_DOWN, 0, 0.5, 0.5);        now, on the compositor's loop
 *	fake_board_pixel(fake, 10, 10)                             of what was shown last
 *
 * One at a time. Frames are shown the moment they are submitted. */
#ifndef FAKE_BOARD_H
#define FAKE_BOARD_H

#include <os/board.h>

struct fake_board;

struct fake_board *fake_board_create(int buffers);
struct fake_board *fake_board_destroy(struct fake_board *fake);
const struct os_board *fake_board_table(struct fake_board *fake);

/* One sample, on this thread. */
void fake_board_touch(struct fake_board *fake, enum os_touch_phase phase, int finger, double x,
		      double y);
uint32_t fake_board_pixel(const struct fake_board *fake, int x, int y); /* 0xRRGGBB */
struct os_display_mode fake_board_mode(const struct fake_board *fake);
uint64_t fake_board_frames(const struct fake_board *fake);
/* Pixels of all damage submitted so far, and of the last frame. */
uint64_t fake_board_pixels(const struct fake_board *fake);
uint64_t fake_board_last_pixels(const struct fake_board *fake);
/* Holds frames back: begin says -EAGAIN until it is let go. */
void fake_board_stall(struct fake_board *fake, bool stalled);

/* Pictures are on the screen at vertical blanks, one at origin_us and one each period_us (which the
 * mode's rate need not be exactly). The mode should have a phase. */
void fake_board_set_blanks(struct fake_board *fake, int64_t origin_us, double period_us);
/* Another panel is plugged in; while no frame is under way. */
void fake_board_change_mode(struct fake_board *fake, const struct os_display_mode *mode);

/* --- Power: before the compositor is made ------------------------------------------------------ */

/* A power door that says this. */
void fake_board_add_power(struct fake_board *fake, const struct os_power_state *state);
/* The display's power can be switched, with this result. */
void fake_board_add_switch(struct fake_board *fake, int result);
bool fake_board_is_on(const struct fake_board *fake);
/* From now on the board says this, and says so. */
void fake_board_tell_power(struct fake_board *fake, const struct os_power_state *state);
/* The level set last (-1: dark), how often one was set; result < 0: it refuses from now on. */
double fake_board_light(const struct fake_board *fake);
int fake_board_lights_set(const struct fake_board *fake);
void fake_board_refuse_light(struct fake_board *fake, int result);

#endif
