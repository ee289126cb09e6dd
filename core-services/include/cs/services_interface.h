/* Services' interface: what passes between strata-services and every process of the device.
 *
 * Users call <cs/settings.h>, <cs/apps.h> and <cs/permission.h>; this is what those say. Who may
 * ask for what is in the table (`needs`) and, where it depends on whose data it is, in the server:
 * an app's own settings and permissions are its own business, the device's settings can be read by
 * all and written with the entitlement "settings" or by the person's tool.
 *
 * A reply that begins with status and sentence says why something did not work: -Exxx and one
 * sentence that names file, key and what was expected. Domains are "" (the app's own), "device", or
 * an app's id. Values travel as JSON text; "" is no value. */
#ifndef CS_SERVICES_INTERFACE_H
#define CS_SERVICES_INTERFACE_H

#include <cs/base.h>
#include <os/interface.h>

#define CS_DOMAIN_OWN ""
#define CS_DOMAIN_DEVICE "device"

enum cs_services_request {
	CS_SERVICES_SETTINGS_GET, /* domain, key → there, JSON, revision; own goes on to device */
	CS_SERVICES_SETTINGS_SET, /* domain, key, JSON or "" to remove, revision that it must have or -1
	                              * for any → status, sentence, new revision; when it is durable */
	CS_SERVICES_SETTINGS_WATCH, /* domain, revision known → status, sentence, revision told; `setting`
	                              * for all that is newer comes before the reply, and from then on */
	CS_SERVICES_APPS,           /* first index → how many there are, some of them */
	CS_SERVICES_WATCH_APPS, /* from now on `apps_changed` */
	CS_SERVICES_APP_ICON,   /* app → the icon's file, read only; -ENOENT */
	CS_SERVICES_INSTALL,    /* bundle folder → status, sentence, app, name, version */
	CS_SERVICES_UNINSTALL,  /* app, erase its data too → status, sentence */
	CS_SERVICES_STORAGE, /* app → status, sentence, data bytes, bundle bytes, container's path */
	CS_SERVICES_ERASE, /* app: its data, settings and permissions → status, sentence */
	CS_SERVICES_PERMISSION_GET, /* app or "", resource → enum cs_permission */
	CS_SERVICES_PERMISSION_SET, /* app, resource, enum cs_permission → status, sentence */
	CS_SERVICES_PERMISSION_LIST, /* app → (resource, enum cs_permission) that were ever decided */
	CS_SERVICES_PERMISSION_WATCH, /* from now on `permission` for the caller's own app */
	CS_SERVICES_WATCH_NOTICES, /* what the user has to be told, now and from now on, as `notice` */
	CS_SERVICES_NOTICE_SEEN, /* number */
	CS_SERVICES_REQUESTS
};

enum cs_services_event {
	CS_SERVICES_SETTING,      /* "domain/key", JSON or "", revision */
	CS_SERVICES_APPS_CHANGED, /* how often it has been said */
	CS_SERVICES_PERMISSION,   /* resource, enum cs_permission */
	CS_SERVICES_NOTICE,       /* number, sentence */
	CS_SERVICES_EVENTS
};

CS_PUBLIC extern const struct os_interface cs_services_interface;

#endif
