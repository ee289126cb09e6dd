/* Device interface: what a tool (the command, a test) may ask of the compositor. Needs "tool".
 *
 * Touches are fed to the script board, so that they go the way of every finger. Signatures stand
 * beside the names; the tables are in media/src/device_interface.c. */
#ifndef MD_DEVICE_INTERFACE_H
#define MD_DEVICE_INTERFACE_H

#include <md/base.h>
#include <os/interface.h>

enum md_device_request {
	MD_DEVICE_FEED,        /* a512(xiudd): time in µs from now, finger, phase, x, y in points of the
	                        * screen as it stands → "t" flow, once the last sample was delivered */
	MD_DEVICE_KEY,         /* "uubs32": key, modifiers, down (and up after it if false), text → "" */
	MD_DEVICE_TYPE,        /* "s60000" → "" once the focused scene has taken it; -ENOENT: nobody has focus */
	MD_DEVICE_SCREENSHOT,  /* "h" a file to write PNG into → "uu" pixels, once it is written */
	MD_DEVICE_TREE,        /* "bh": layers instead of the accessible tree; a file for JSON → "" */
	MD_DEVICE_ACTION,      /* "s64s64": node id, action → "" */
	MD_DEVICE_SCROLL_TO,   /* "s64s512": list's node id or "", label → "" or -ENOENT */
	MD_DEVICE_SETTLED,     /* → "bs512": settled for two frames, or the process and what moves */
	MD_DEVICE_INFO,        /* → "uuddi t s64": px width, px height, scale, rate, orientation, frames
	                        * presented, foreground app id */
	MD_DEVICE_SET_ORIENTATION, /* "i" → "" once turned */
	MD_DEVICE_FRAMES,      /* "b": from now on a `frame` event for every presented frame, or not → "" */
	MD_DEVICE_HIT,         /* "dd" → "s64": node id of what a finger there would touch (asks the app) */
	MD_DEVICE_POWER,       /* → "s16dbbdbbdb": the screen is "on", "dimmed" or "off", brightness,
	                        * whether it has a backlight; whether there is a battery, its level,
	                        * charging; whether the temperature is known, °C, slowed down for it */
	MD_DEVICE_SET_BATTERY, /* "db": level 0 to 1 and whether it charges, in the place of what the
	                        * board says; below 0: the board again → "" */
	MD_DEVICE_SCREENSHOT_SHOWN, /* the same as the renderer in use draws it: a GPU's own pixels */
	MD_DEVICE_DISPLAY,     /* → "s1200": what the device shows itself on, and why */
	MD_DEVICE_VIEW,        /* → "huuid": memory with the panel's pixels (x8r8g8b8, rows without a gap)
	                        * to map for reading, width, height, orientation, scale; nothing is in it
	                        * before the first view_next. Another one ends this one. */
	MD_DEVICE_VIEW_NEXT,   /* → "ba64(iiii)", once the picture has changed: false and the parts that are
	                        * new in the memory; or true: size or orientation are others, ask `view`.
	                        * -ECANCELED: another `view` has ended this one */
	MD_DEVICE_INPUTS,      /* → "bbs128a16(s128s128idddb)": whether the board tells of devices, whether
	                        * there is a keyboard, its layout ("": the machine's); of each touchscreen
	                        * and mouse: id, name, fingers (0: a mouse), reports a second, width, height
	                        * in mm (each 0: not known), calibrated */
	MD_DEVICE_PAUSE_INPUT, /* "b": the board lets go of its panels and keyboards, or takes them again; a
	                        * tool that goes takes its pause along → "" */
	MD_DEVICE_REQUESTS
};

enum md_device_event {
	MD_DEVICE_FRAME,       /* "txa256(uutdddd)": frame, target time, presentation values of moving
	                        * layers: layer id, property, client, values (unrounded) */
	MD_DEVICE_EVENTS
};

MD_PUBLIC extern const struct os_interface md_device_interface;

#endif
