/* Bundle: an app as a folder: manifest.json, a module, an icon, resources (NSBundle, Info.plist).
 *
 *	{
 *	  "id": "org.strata.notes",            letters, digits, '-', at least one '.'
 *	  "name": "Notes",                     1 to 30 characters, under the icon
 *	  "version": "1.0",                    one to four numbers
 *	  "api": 1,                            the CS_API_LEVEL that it was written for
 *	  "module": "notes.so",                exports `const struct ui_app_class *strata_app(void)`
 *	  "icon": "icon.png",
 *	  "entitlements": ["settings"],
 *	  "url-schemes": ["notes"],
 *	  "document-types": [{"type": "text/plain", "role": "editor"}],
 *	  "usage": {"contacts": "To put a name beside a note."},
 *	  "hardware": [{"name": "relay", "kind": "gpio-output", "line": "GPIO17"}]
 *	}
 *
 * id, name, version, api and module must be there. A key or entitlement that is not known, a wrong
 * type, a value over its bounds is an error that says file, line and what was expected. The
 * entitlement brightness lets an app dim the display; those of the board's lines in hardware, at most
 * 8, are told in bundle_hardware.c, and who installs the bundle grants them. The
 * entitlements system, shell, settings, bundles and host are only for bundles that come with the
 * system; those may also have a "role", "home" or "keyboard". What has a role or the entitlement
 * shell is started by the system and is not listed among the apps.
 * Thread: any. */
#ifndef CS_BUNDLE_H
#define CS_BUNDLE_H

#include <cs/value.h>
#include <os/hardware.h>

#define CS_MANIFEST_MAX_BYTES (64 << 10)

struct cs_manifest {
	char id[128], name[128], version[32];
	char module[256], icon[256]; /* paths in the bundle; icon may be "" */
	char entitlements[1024];     /* separated by blanks */
	int api;
	uint32_t hardware_count;
	struct os_hardware_entry hardware[OS_HARDWARE_MAX];
	struct cs_value *value; /* the whole, for what is read seldom; owned */
};

enum cs_bundle_origin { CS_BUNDLE_OF_SYSTEM, CS_BUNDLE_OF_USER };

/* `file` names it in errors. Finish what was filled. -EBADMSG, -EFBIG, -ENOMEM, -EPERM. */
CS_PUBLIC int cs_manifest_parse(const char *bytes, size_t length, const char *file,
				enum cs_bundle_origin origin, struct cs_manifest *ret_manifest,
				struct os_error *ret_error);
CS_PUBLIC void cs_manifest_finish(struct cs_manifest *manifest);
/* True for a well-formed app id. */
CS_PUBLIC bool cs_manifest_is_id(const char *id);

/* Reads the manifest and checks what it names: a module for this machine, an icon that is there. */
CS_PUBLIC int cs_bundle_check(int folder, enum cs_bundle_origin origin,
			      struct cs_manifest *ret_manifest, struct os_error *ret_error);
/* Whether a file is a shared library for this machine's processor. */
CS_PUBLIC int cs_bundle_check_module(int folder, const char *path, struct os_error *ret_error);

#endif
