/* Device id: what a device is called in settings, the same after unplugging and booting. Private.
 *
 *	"1a86:e5e3:0100:some-panel"                     vendor, product, version, name
 *	"1a86:e5e3:0100:some-panel@usb-0000-01-00.0-1.3/input0"   where two are alike: with its place
 *
 * Letters, digits and "-_.:@/" only; everything else in a name becomes "-". */
#ifndef LINUX_DEVICE_ID_H
#define LINUX_DEVICE_ID_H

#include <stddef.h>
#include <stdint.h>

struct device_identity {
	uint16_t vendor, product, version;
	const char *name, *place; /* NULL: not known */
};

void device_id_base(char *ret_id, size_t size, const struct device_identity *identity);
void device_id_whole(char *ret_id, size_t size, const char *base, const char *place);
/* A name for people and logs: printable, "" becomes "(no name)". */
void device_id_name(char *ret_name, size_t size, const char *name);

#endif
