/* Objects: what the store rows keep, for figure and floor alike: five columns, 200 bytes of data. */
#ifndef BENCH_OBJECTS_H
#define BENCH_OBJECTS_H

#include <stdio.h>
#include <string.h>

#define OBJECT_DATA 200
#define OBJECTS_STORED 100000 /* of store-get and store-batch */
#define OBJECTS_AT_ONCE 16    /* saves that are timed between two waits */

struct object_values {
	int kind;
	char name[64];
	unsigned char data[OBJECT_DATA];
	double weight;
};

static inline void object_values_init(struct object_values *values, int number)
{
	values->kind = number % 7;
	snprintf(values->name, sizeof(values->name), "Object name %d", number);
	memset(values->data, 'x', sizeof(values->data));
	values->weight = number;
}

#endif
