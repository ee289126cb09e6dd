/* Model: what a store keeps, as const tables (Core Data's NSManagedObjectModel).
 *
 *	enum { NOTE_TEXT, NOTE_CHANGED, NOTE_FOLDER };
 *	static const struct cs_attribute s_note_attributes[] = {
 *		[NOTE_TEXT] = {"text", CS_TEXT},
 *		[NOTE_CHANGED] = {"changed", CS_DATE, CS_ATTRIBUTE_INDEXED},
 *		[NOTE_FOLDER] = {"folder", CS_RELATION, CS_ATTRIBUTE_CASCADES, &s_folder},
 *	};
 *	static const struct cs_entity s_note = CS_ENTITY("note", s_note_attributes);
 *	static const struct cs_entity *const s_entities[] = {&s_folder, &s_note};
 *	static const struct cs_model s_model = CS_MODEL(1, s_entities);
 *
 * An attribute is named in code by its place in the table. No attribute is ever without a value:
 * new ones are 0, "", no bytes, false, no relation. The version is a whole number that the app
 * raises when it changes its tables. A file of an older version is opened and gets the missing
 * entities, attributes and indexes; one of a newer version is refused with a sentence. Attributes
 * may be added, never given another kind; what a table no longer names stays in the file. */
#ifndef CS_MODEL_H
#define CS_MODEL_H

#include <cs/base.h>

enum cs_attribute_kind {
	CS_INTEGER, /* int64_t */
	CS_REAL,    /* double, not NaN */
	CS_TEXT,    /* UTF-8 without NUL */
	CS_BYTES,
	CS_DATE, /* int64_t, microseconds since 1970 UTC */
	CS_BOOL,
	CS_RELATION, /* to one object of `destination`, or to none */
};

enum cs_attribute_flags {
	CS_ATTRIBUTE_INDEXED = 1 << 0,        /* fast equality, order and exact beginnings */
	CS_ATTRIBUTE_INDEXED_FOLDED = 1 << 1, /* the same for text compared without case */
	CS_ATTRIBUTE_CASCADES = 1 << 2, /* a relation: goes when what it points to is deleted */
};

struct cs_entity;

struct cs_attribute {
	const char *name; /* lower case letters, digits, _; a column's name */
	enum cs_attribute_kind kind;
	uint32_t flags;                      /* enum cs_attribute_flags */
	const struct cs_entity *destination; /* of a relation */
};

struct cs_entity {
	uint32_t struct_size;
	const char *name; /* as an attribute's; a table's name */
	const struct cs_attribute *attributes;
	uint32_t attribute_count; /* at most 60 */
};

struct cs_model {
	uint32_t struct_size;
	int32_t version; /* from 1 */
	const struct cs_entity *const *entities;
	uint32_t entity_count; /* at most 64 */
};

#define CS_ENTITY(name_, attributes_)                                                              \
	{                                                                                          \
		sizeof(struct cs_entity), name_, attributes_, OS_ARRAY_LEN(attributes_)            \
	}
#define CS_MODEL(version_, entities_)                                                              \
	{                                                                                          \
		sizeof(struct cs_model), version_, entities_, OS_ARRAY_LEN(entities_)              \
	}

/* Checks the tables themselves; a test calls it for every model. -EINVAL with a sentence. */
CS_PUBLIC int cs_model_check(const struct cs_model *model, struct os_error *ret_error);

#endif
