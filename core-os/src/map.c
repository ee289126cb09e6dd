/* Entries stand in an array in order of insertion; a table of indices, open addressing, finds them
 * (the layout of Python's dict). A removed entry stays as a gap until the next growth, so that a
 * walk survives it. Keys come from apps too: the hash is SipHash-1-3 with a key of this process's
 * own, so that nobody can make all his keys collide. */
#include <os/map.h>

#include <assert.h>
#include <os/memory.h>
#include <pthread.h>
#include <string.h>
#include <sys/random.h>

#define SLOT_FREE UINT32_MAX
#define SLOTS_MIN 8

struct entry {
	char *key; /* of a map of strings */
	uint64_t number, hash;
	void *value; /* NULL: a gap */
};

struct os_map {
	enum os_map_keys keys;
	struct entry *entries;
	size_t count, used, capacity; /* used counts gaps as well */
	uint32_t *slots;              /* indices into entries; a power of two of them */
	size_t slot_count;
};

struct key {
	const char *text;
	uint64_t number, hash;
};

/* --- Hash: SipHash-1-3, Aumasson and Bernstein 2012 ------------------------------------------- */

static uint64_t s_seed[2];
static pthread_once_t s_seed_once = PTHREAD_ONCE_INIT;

static void make_seed(void)
{
	/* Not enough entropy yet, early in a board's boot: an address that the kernel chose. */
	if (getrandom(s_seed, sizeof(s_seed), GRND_NONBLOCK) != sizeof(s_seed)) {
		s_seed[0] = (uint64_t)(uintptr_t)s_seed;
	}
}

static const uint64_t *hash_seed(void)
{
	pthread_once(&s_seed_once, make_seed);
	return s_seed;
}

static uint64_t rotate(uint64_t value, int bits)
{
	return value << bits | value >> (64 - bits);
}

static void sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[1] = rotate(v[1], 13) ^ v[0];
	v[0] = rotate(v[0], 32);
	v[2] += v[3];
	v[3] = rotate(v[3], 16) ^ v[2];
	v[0] += v[3];
	v[3] = rotate(v[3], 21) ^ v[0];
	v[2] += v[1];
	v[1] = rotate(v[1], 17) ^ v[2];
	v[2] = rotate(v[2], 32);
}

static uint64_t hash_bytes(const void *bytes, size_t length)
{
	const uint64_t *seed = hash_seed();
	const unsigned char *at = bytes;
	uint64_t v[4] = {
	    seed[0] ^ UINT64_C(0x736f6d6570736575), seed[1] ^ UINT64_C(0x646f72616e646f6d),
	    seed[0] ^ UINT64_C(0x6c7967656e657261), seed[1] ^ UINT64_C(0x7465646279746573)};
	for (size_t left = length;; left -= 8, at += 8) {
		uint64_t word = 0;
		memcpy(&word, at, OS_MIN(left, (size_t)8));
		word |= left < 8 ? (uint64_t)length << 56 : 0;
		v[3] ^= word;
		sip_round(v);
		v[0] ^= word;
		if (left < 8) {
			break;
		}
	}
	v[2] ^= 0xff;
	sip_round(v);
	sip_round(v);
	sip_round(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* --- Finding ---------------------------------------------------------------------------------- */

static struct key text_key(const char *text)
{
	return (struct key){.text = text, .hash = hash_bytes(text, strlen(text))};
}

static struct key number_key(uint64_t number)
{
	return (struct key){.number = number, .hash = hash_bytes(&number, sizeof(number))};
}

static bool matches(const struct os_map *map, const struct entry *entry, const struct key *key)
{
	if (entry->value == NULL || entry->hash != key->hash) {
		return false;
	}
	return map->keys == OS_MAP_NUMBERS ? entry->number == key->number
					   : strcmp(entry->key, key->text) == 0;
}

static struct entry *find(const struct os_map *map, const struct key *key)
{
	if (map->count == 0) {
		return NULL;
	}
	for (size_t at = key->hash & (map->slot_count - 1);;
	     at = (at + 1) & (map->slot_count - 1)) {
		if (map->slots[at] == SLOT_FREE) {
			return NULL;
		}
		if (matches(map, &map->entries[map->slots[at]], key)) {
			return &map->entries[map->slots[at]];
		}
	}
}

/* --- Changing --------------------------------------------------------------------------------- */

static void put_slot(struct os_map *map, uint64_t hash, uint32_t index)
{
	size_t at = hash & (map->slot_count - 1);
	while (map->slots[at] != SLOT_FREE) {
		at = (at + 1) & (map->slot_count - 1);
	}
	map->slots[at] = index;
}

/* Closes the gaps and makes room for twice what is there. */
static void rebuild(struct os_map *map)
{
	size_t used = 0;
	for (size_t i = 0; i < map->used; i++) {
		if (map->entries[i].value != NULL) {
			map->entries[used++] = map->entries[i];
		}
	}
	assert(used == map->count && used < UINT32_MAX / 4);
	map->used = used;
	map->slot_count = SLOTS_MIN;
	while (map->slot_count < (used + 1) * 2) {
		map->slot_count *= 2;
	}
	map->capacity = map->slot_count * 3 / 4;
	map->entries = os_realloc_array(map->entries, map->capacity, sizeof(struct entry));
	map->slots = os_realloc_array(map->slots, map->slot_count, sizeof(uint32_t));
	memset(map->slots, 0xff, map->slot_count * sizeof(uint32_t));
	for (size_t i = 0; i < used; i++) {
		put_slot(map, map->entries[i].hash, (uint32_t)i);
	}
}

static void *set(struct os_map *map, const struct key *key, void *value)
{
	struct entry *entry = find(map, key);
	if (entry != NULL) {
		void *old = entry->value;
		entry->value = value;
		if (value == NULL) {
			os_free(entry->key);
			entry->key = NULL;
			map->count--;
		}
		return old;
	}
	if (value == NULL) {
		return NULL;
	}
	if (map->used == map->capacity) {
		rebuild(map);
	}
	map->entries[map->used] = (struct entry){
	    .key = os_strdup(key->text), .number = key->number, .hash = key->hash, .value = value};
	put_slot(map, key->hash, (uint32_t)map->used);
	map->used++;
	map->count++;
	return NULL;
}

/* --- Public ----------------------------------------------------------------------------------- */

struct os_map *os_map_create(enum os_map_keys keys)
{
	struct os_map *map = os_alloc(sizeof(*map));
	map->keys = keys;
	return map;
}

struct os_map *os_map_destroy(struct os_map *map)
{
	if (map == NULL) {
		return NULL;
	}
	for (size_t i = 0; i < map->used; i++) {
		os_free(map->entries[i].key);
	}
	os_free(map->entries);
	os_free(map->slots);
	os_free(map);
	return NULL;
}

size_t os_map_count(const struct os_map *map)
{
	return map->count;
}

void *os_map_get(const struct os_map *map, const char *key)
{
	assert(map->keys == OS_MAP_STRINGS);
	struct key wanted = text_key(key);
	struct entry *entry = find(map, &wanted);
	return entry != NULL ? entry->value : NULL;
}

void *os_map_set(struct os_map *map, const char *key, void *value)
{
	assert(map->keys == OS_MAP_STRINGS);
	struct key wanted = text_key(key);
	return set(map, &wanted, value);
}

void *os_map_get_number(const struct os_map *map, uint64_t key)
{
	assert(map->keys == OS_MAP_NUMBERS);
	struct key wanted = number_key(key);
	struct entry *entry = find(map, &wanted);
	return entry != NULL ? entry->value : NULL;
}

void *os_map_set_number(struct os_map *map, uint64_t key, void *value)
{
	assert(map->keys == OS_MAP_NUMBERS);
	struct key wanted = number_key(key);
	return set(map, &wanted, value);
}

bool os_map_next(const struct os_map *map, struct os_map_cursor *cursor)
{
	while (cursor->at < map->used) {
		const struct entry *entry = &map->entries[cursor->at++];
		if (entry->value != NULL) {
			cursor->key = entry->key;
			cursor->number = entry->number;
			cursor->value = entry->value;
			return true;
		}
	}
	return false;
}
