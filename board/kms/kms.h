/* KMS: what can be known of screens before anything is drawn on one. Private to boards.
 *
 *	struct kms_choice choice;
 *	kms_choose("/sys/class/drm", NULL, &choice)      1: choice.card "card1", choice.connector "DSI-1"
 *	kms_edid_parse(bytes, length, &edid, &error)
 *	kms_timing_choose(timings, count, &wanted)       which of the modes it shall be
 *	kms_scale(720, 1280, 88, 155)                    1.6
 *
 * Everything read here may be garbage: a folder that vanishes while it is read, an EDID from a
 * broken cable. Nothing opens a card. */
#ifndef KMS_H
#define KMS_H

#include <os/display.h>
#include <os/status.h>

/* --- Cards and connectors (card.c) ------------------------------------------------------------ */

#define KMS_CARDS "/sys/class/drm"

struct kms_choice {
	char card[16];      /* "card1"; "" = none */
	char connector[32]; /* "DSI-1"; "" when nothing is connected */
	char driver[32];    /* "vc4", "" = not known */
	char text[240];     /* what was chosen, and why: a part of a sentence */
};

/* 1: a screen. 0: a card that one can be plugged into, and nothing in it. -ENODEV: no such card.
 * Panels that are built in come before what is plugged in, lower cards before higher ones; cards
 * without connectors (v3d) are none. wanted_card NULL: any. */
int kms_choose(const char *folder, const char *wanted_card, struct kms_choice *ret_choice);
/* The connector's EDID as the kernel has it: bytes read, 0 = it has none. */
int kms_read_edid(const char *folder, const struct kms_choice *choice, uint8_t *ret_bytes,
		  size_t size);

/* --- EDID (edid.c) ---------------------------------------------------------------------------- */

#define KMS_EDID_MAX 32768

struct kms_edid {
	char maker[4];                /* three letters */
	char name[14];                /* "" = none */
	uint16_t product;
	int32_t width_mm, height_mm;  /* 0 = not known, or a ratio and no size */
	int32_t width_px, height_px;  /* preferred mode; 0 = none said */
	int32_t rate_mhz;
};

/* -EBADMSG with what is wrong with it. */
int kms_edid_parse(const uint8_t *bytes, size_t length, struct kms_edid *ret_edid,
		   struct os_error *ret_error);

/* --- Modes and scale (panel.c) ---------------------------------------------------------------- */

struct kms_timing {
	int32_t width_px, height_px, rate_mhz;
	bool is_preferred, is_interlaced;
};

/* Index of the wanted size (0: the preferred one) at the rate next to the wanted (0: 60 Hz);
 * -ENOENT if there is none at all. */
int kms_timing_choose(const struct kms_timing *timings, size_t count,
		      const struct os_display_mode *wanted);
/* Millimetres as a panel says them; both 0 if they cannot be true of so many pixels. */
void kms_believe_size(int32_t width_px, int32_t height_px, int32_t *width_mm, int32_t *height_mm);
/* Pixels per point of a panel of this size, 1 if the size is not known. */
double kms_scale(int32_t width_px, int32_t height_px, int32_t width_mm, int32_t height_mm);

#endif
