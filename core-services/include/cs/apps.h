/* Apps: what is installed, and what it takes up (LSApplicationWorkspace).
 *
 *	cs_apps_list(services, did_list, self);
 *	os_signal_connect(cs_services_event(services, CS_SERVICES_APPS_CHANGED), &self->listener, again, self);
 *	cs_apps_watch(services);
 *
 * Needs the entitlement "system" (home, Settings, the person's tool). Whether an app runs is the
 * supervisor's to say (os/process.h, app_changed). Every question is answered once, also with an
 * error; sentences are for the user. Thread: main. */
#ifndef CS_APPS_H
#define CS_APPS_H

#include <cs/services.h>

struct cs_app_info {
	char id[128], name[128], version[32];
	bool system; /* came with the system: cannot be uninstalled */
	char hardware[1024]; /* lines of the board it may use, one a line: "relay gpio-output line GPIO17" */
};

struct cs_app_storage {
	int64_t data_bytes, bundle_bytes;
	char container[1024]; /* path on the machine; "" while there is none */
};

typedef void (*cs_apps_list_fn)(void *context, int status, const struct cs_app_info *apps,
				size_t count);
typedef void (*cs_apps_info_fn)(void *context, int status, const char *sentence,
				const struct cs_app_info *app);
typedef void (*cs_apps_storage_fn)(void *context, int status, const char *sentence,
				   const struct cs_app_storage *storage);
typedef void (*cs_apps_done_fn)(void *context, int status, const char *sentence);
typedef void (*cs_apps_icon_fn)(void *context, int status,
				int fd); /* fd is the callee's to close */

/* Sorted by name. */
CS_PUBLIC int cs_apps_list(struct cs_services *services, cs_apps_list_fn fn, void *context);
/* From now on the event CS_SERVICES_APPS_CHANGED comes, also after a restart of services. */
CS_PUBLIC int cs_apps_watch(struct cs_services *services);
CS_PUBLIC int cs_apps_icon(struct cs_services *services, const char *app, cs_apps_icon_fn fn,
			   void *context);
/* folder: the bundle's, opened for reading; not taken over. An older version is replaced at once. */
CS_PUBLIC int cs_apps_install(struct cs_services *services, int folder, cs_apps_info_fn fn,
			      void *context);
CS_PUBLIC int cs_apps_uninstall(struct cs_services *services, const char *app, bool erase,
				cs_apps_done_fn fn, void *context);
CS_PUBLIC int cs_apps_storage(struct cs_services *services, const char *app, cs_apps_storage_fn fn,
			      void *context);
/* Its data, settings and permissions; the app is ended first. */
CS_PUBLIC int cs_apps_erase(struct cs_services *services, const char *app, cs_apps_done_fn fn,
			    void *context);

#endif
