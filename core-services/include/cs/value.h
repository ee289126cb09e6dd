/* Value: immutable JSON-like data that anyone may keep (property lists: NSDictionary, NSArray, …).
 *
 *	struct cs_value *value;
 *	struct os_error error;
 *	int result = cs_value_parse(bytes, length, "manifest.json", &value, &error);
 *	const char *name = cs_value_string(cs_value_get(value, "name"));     NULL if it is none
 *	os_release(value);
 *
 * Building one:
 *
 *	struct cs_builder *builder = cs_builder_create();
 *	cs_builder_begin_dictionary(builder);
 *	cs_builder_key(builder, "lit");
 *	cs_builder_bool(builder, true);
 *	cs_builder_end(builder);
 *	struct cs_value *value = cs_builder_finish(builder);
 *
 * Dictionaries are kept and written in the order of their keys' bytes, so the same value always
 * gives the same text. Values are os_objects, freed by os_release, on any thread. Every reading
 * function accepts NULL and values of another kind: a missing "a.b.c" needs one test, not three. */
#ifndef CS_VALUE_H
#define CS_VALUE_H

#include <cs/base.h>
#include <os/buffer.h>
#include <os/object.h>

struct cs_value;

enum cs_value_kind {
	CS_VALUE_NULL,
	CS_VALUE_BOOL,
	CS_VALUE_INT,
	CS_VALUE_DOUBLE,
	CS_VALUE_STRING,
	CS_VALUE_ARRAY,
	CS_VALUE_DICTIONARY,
};

/* --- Life cycle -------------------------------------------------------------------------------- */

CS_PUBLIC struct cs_value *cs_value_create_null(void);
CS_PUBLIC struct cs_value *cs_value_create_bool(bool value);
CS_PUBLIC struct cs_value *cs_value_create_int(int64_t value);
CS_PUBLIC struct cs_value *cs_value_create_double(double value); /* finite */
CS_PUBLIC struct cs_value *
cs_value_create_string(const char *text); /* UTF-8; NULL if there is no memory */
CS_PUBLIC struct cs_value *cs_value_create_string_of(const char *bytes, size_t length);

/* --- Reading ----------------------------------------------------------------------------------- */

CS_PUBLIC enum cs_value_kind
cs_value_kind(const struct cs_value *value);                       /* NULL is CS_VALUE_NULL */
CS_PUBLIC const char *cs_value_kind_name(enum cs_value_kind kind); /* "a string", for sentences */
CS_PUBLIC bool cs_value_bool(const struct cs_value *value, bool otherwise);
CS_PUBLIC int64_t cs_value_int(const struct cs_value *value, int64_t otherwise);
CS_PUBLIC double cs_value_double(const struct cs_value *value,
				 double otherwise);                  /* takes ints too */
CS_PUBLIC const char *cs_value_string(const struct cs_value *value); /* lends; NULL if it is none */

/* Elements of an array or pairs of a dictionary; 0 for the rest. */
CS_PUBLIC size_t cs_value_count(const struct cs_value *value);
CS_PUBLIC struct cs_value *cs_value_at(const struct cs_value *value, size_t index);     /* lends */
CS_PUBLIC const char *cs_value_key_at(const struct cs_value *value, size_t index);      /* lends */
CS_PUBLIC struct cs_value *cs_value_get(const struct cs_value *value, const char *key); /* lends */

CS_PUBLIC bool cs_value_equal(const struct cs_value *a, const struct cs_value *b);

/* --- Building ---------------------------------------------------------------------------------- */

struct cs_builder;
CS_PUBLIC struct cs_builder *cs_builder_create(void);
CS_PUBLIC void cs_builder_begin_array(struct cs_builder *builder);
CS_PUBLIC void cs_builder_begin_dictionary(struct cs_builder *builder);
CS_PUBLIC void cs_builder_end(struct cs_builder *builder);
CS_PUBLIC void cs_builder_key(struct cs_builder *builder,
			      const char *key); /* a later one replaces */
CS_PUBLIC void cs_builder_bool(struct cs_builder *builder, bool value);
CS_PUBLIC void cs_builder_int(struct cs_builder *builder, int64_t value);
CS_PUBLIC void cs_builder_double(struct cs_builder *builder, double value);
CS_PUBLIC void cs_builder_string(struct cs_builder *builder, const char *text);
CS_PUBLIC void cs_builder_value(struct cs_builder *builder,
				struct cs_value *value); /* retains it */
/* Frees the builder and gives its one value, NULL if memory ran out on the way. */
CS_PUBLIC struct cs_value *cs_builder_finish(struct cs_builder *builder);

/* --- Text -------------------------------------------------------------------------------------- */

#define CS_VALUE_MAX_BYTES (1 << 20) /* of a text to be parsed */
#define CS_VALUE_MAX_DEPTH 64

/* Parses strict JSON (RFC 8259): a key may come only once, 1 MiB and 64 levels at most. `file`
 * names the source in the error: "manifest.json:3: expected …". -EBADMSG, -EFBIG, -ENOMEM. */
CS_PUBLIC int cs_value_parse(const char *bytes, size_t length, const char *file,
			     struct cs_value **ret_value, struct os_error *ret_error);
/* Reads and parses a file in a folder. Also -ENOENT, … */
CS_PUBLIC int cs_value_read_file(int folder, const char *path, struct cs_value **ret_value,
				 struct os_error *ret_error);

enum cs_write_style { CS_WRITE_COMPACT, CS_WRITE_PRETTY };
CS_PUBLIC void cs_value_write(const struct cs_value *value, enum cs_write_style style,
			      struct os_buffer *text);
/* NULL: no memory. The caller frees with os_free. */
CS_PUBLIC char *cs_value_copy_text(const struct cs_value *value, enum cs_write_style style);

#endif
