/* View: a device's screen and fingers, seen from elsewhere by VNC (RFB 3.8, RFC 6143).
 *
 *	viewer or browser ◂──RFB──▸ server.c ──▸ main.c ──▸ the device
 *	                             picture.c ◂── memory shared by the compositor
 *
 * A tool of the device like every command: the compositor draws what has changed into memory that
 * this process maps, one question at a time, and nothing while no viewer is connected. libvncserver
 * is GPL, so nothing but this program is linked with it. Thread: main; one loop. */
#ifndef VIEW_H
#define VIEW_H

#include <os/base.h>
#include <os/loop.h>
#include <os/status.h>

/* --- picture.c: the panel's pixels, turned upright -------------------------------------------- */

struct picture {
	const uint32_t *panel;        /* shared; x8r8g8b8 */
	int panel_width, panel_height;
	int orientation;
	double scale;                 /* pixels per point */
	uint32_t *upright;            /* own */
	int width, height;            /* of upright */
};

struct part {
	int x, y, width, height;
};

/* Takes fd, maps it, makes upright. */
int picture_init(struct picture *picture, int fd, int width, int height);
void picture_set_orientation(struct picture *picture, int orientation, double scale);
void picture_finish(struct picture *picture);
/* Copies a part of the panel; where it is upright. A part that is outside is cut. */
struct part picture_update(struct picture *picture, struct part panel);

/* --- server.c --------------------------------------------------------------------------------- */

struct server;

struct server_delegate {
	/* x, y in pixels of the picture. */
	void (*pointer)(void *context, bool down, int x, int y);
	void (*key)(void *context, uint32_t keysym, bool down);
	/* Who comes waits until server_let_in. */
	void (*viewers)(void *context, int count);
};

struct server_options {
	int port, web_port; /* web_port 0: no pages */
	const char *password;
	const char *title;
};

struct server *server_create(struct os_loop *loop, const struct server_options *options,
			     const struct server_delegate *delegate, void *context,
			     struct os_error *ret_error);
struct server *server_destroy(struct server *server);
/* The picture's memory is lent until the next call. */
void server_set_picture(struct server *server, const struct picture *picture);
/* Those who came meanwhile see it now. */
void server_let_in(struct server *server);
void server_changed(struct server *server, struct part part);

/* --- keys.c ----------------------------------------------------------------------------------- */

/* An X keysym (RFC 6143, 7.5.4) as Linux's key (0: none), and the text of an English keyboard. */
struct view_key {
	uint32_t key;
	char text[8];
};
struct view_key view_key_of(uint32_t keysym);
/* enum os_key_modifiers of a modifier's keysym, 0 for others. */
uint32_t view_modifier_of(uint32_t keysym);

#endif
