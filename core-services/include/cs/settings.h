/* Settings: named values that outlive the process, and word when they change (NSUserDefaults).
 *
 * Two domains: an app's own, which it alone writes, and the device's, which all may read and the
 * Settings app and the person's tool write. A key is looked for in the app's own domain, then in
 * the device's, then among the defaults.
 *
 *	struct cs_settings *settings = cs_settings_create(services);
 *	os_signal_connect(cs_settings_changed(settings), &self->listener, setting_changed, self);
 *	bool dark = strcmp(cs_settings_text(settings, "look"), "dark") == 0;
 *	cs_settings_set(settings, CS_DOMAIN_OWN, "sort", value, NULL, NULL);
 *
 * Reading is from a copy that is kept up to date by revisions: it never waits. Until the first
 * answer is there (`changed` with NULL) everything has its default.
 * The device's keys are those of the table in settings_keys.c, with their types and values; an app
 * may use any key of letters, digits, '.' and '-'. Thread: main. */
#ifndef CS_SETTINGS_H
#define CS_SETTINGS_H

#include <cs/services.h>
#include <cs/value.h>

/* --- The device's keys --------------------------------------------------------------------------- */

/* Of a hardware keyboard, as xkb names it: "us", "de(nodeadkeys)", "us,de"; "auto": the machine's. */
#define CS_SETTING_KEYBOARD_LAYOUT "keyboard.layout"

struct cs_setting_range {
	double least, most;
	const char *meaning; /* "seconds, 0 for never": goes into the sentence */
	const char *or_word; /* the one word that it may be instead of a number: "auto"; NULL: none */
};

struct cs_setting {
	const char *key; /* "text-size" */
	enum cs_value_kind kind;
	const char *const
	    *values;           /* allowed strings, ended by NULL; NULL: see pattern of the kind */
	const int *numbers;    /* allowed whole numbers, ended by -1 */
	const char *otherwise; /* the default, as a person would type it: "l" */
	const struct cs_setting_range *range; /* of numbers without a list; NULL: any */
};
CS_PUBLIC const struct cs_setting *cs_setting_at(size_t index); /* NULL behind the last */
CS_PUBLIC const struct cs_setting *cs_setting_find(const char *key);
/* 0, or -EINVAL with a sentence that says what was expected. */
CS_PUBLIC int cs_setting_check(const char *key, const struct cs_value *value,
			       struct os_error *ret_error);
/* What a person typed, as a value of the key's type: "on" is true. A key that is not in the table
 * takes JSON, and what is no JSON as a string. */
CS_PUBLIC int cs_setting_parse(const char *key, const char *text, struct cs_value **ret_value,
			       struct os_error *ret_error);
/* As a person would type it: "on", "dark", "90". The caller frees. */
CS_PUBLIC char *cs_setting_copy_text(const struct cs_value *value);

/* --- A process's copy ---------------------------------------------------------------------------- */

struct cs_settings;
/* status 0: it is durable. Else the sentence says why not. */
typedef void (*cs_settings_fn)(void *context, int status, const char *sentence);

CS_PUBLIC struct cs_settings *cs_settings_create(struct cs_services *services);
CS_PUBLIC struct cs_settings *cs_settings_destroy(struct cs_settings *settings); /* returns NULL */
CS_PUBLIC bool cs_settings_is_ready(const struct cs_settings *settings);
/* Emitted with the key (const char *), or with NULL when all have come for the first time. */
CS_PUBLIC struct os_signal *cs_settings_changed(struct cs_settings *settings);

/* All of these lend. NULL, "", 0 or false when there is neither a value nor a default. */
CS_PUBLIC struct cs_value *cs_settings_get(const struct cs_settings *settings, const char *key);
CS_PUBLIC const char *cs_settings_text(const struct cs_settings *settings, const char *key);
CS_PUBLIC int64_t cs_settings_int(const struct cs_settings *settings, const char *key);
CS_PUBLIC bool cs_settings_bool(const struct cs_settings *settings, const char *key);
/* An app's own defaults: a dictionary; retained. */
CS_PUBLIC void cs_settings_set_defaults(struct cs_settings *settings, struct cs_value *defaults);

/* NULL removes. fn may be NULL. */
CS_PUBLIC int cs_settings_set(struct cs_settings *settings, const char *domain, const char *key,
			      const struct cs_value *value, cs_settings_fn fn, void *context);
/* Only if the key still has the revision that was seen (0: it was never set); else -ESTALE. */
struct cs_setting_seen {
	const char *domain, *key;
	uint64_t revision;
};
CS_PUBLIC int cs_settings_set_if(struct cs_settings *settings, const struct cs_setting_seen *seen,
				 const struct cs_value *value, cs_settings_fn fn, void *context);
CS_PUBLIC uint64_t cs_settings_revision(const struct cs_settings *settings, const char *domain,
					const char *key);

#endif
