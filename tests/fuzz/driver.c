/* Runs a fuzz target without a fuzzing engine: on the files of its corpus, and on mutations of them
 * that follow from the seed alone. So a bounded run is part of every test, with any compiler, and
 * the same input comes again.
 *
 * usage: fuzz_x [RUNS [SEED]] FILE… */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define INPUT_MAX 65536
#define MAX_FILES 256

static struct {
	uint8_t *bytes;
	size_t length;
} s_corpus[MAX_FILES];
static size_t s_count;
static uint64_t s_random;

/* xorshift64* (Vigna, 2016). */
static uint64_t next_random(void)
{
	s_random ^= s_random >> 12;
	s_random ^= s_random << 25;
	s_random ^= s_random >> 27;
	return s_random * UINT64_C(0x2545F4914F6CDD1D);
}

static size_t below(size_t limit)
{
	return limit ? (size_t)(next_random() % limit) : 0;
}

static void read_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file || s_count == MAX_FILES) {
		if (file) {
			fclose(file);
		}
		return;
	}
	s_corpus[s_count].bytes = malloc(INPUT_MAX);
	s_corpus[s_count].length = fread(s_corpus[s_count].bytes, 1, INPUT_MAX, file);
	s_count++;
	fclose(file);
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* A folder's files in the order of their names, or one file. */
static void read_path(const char *path)
{
	struct dirent **entries = NULL;
	int count = scandir(path, &entries, is_visible, alphasort);
	if (count < 0) {
		read_file(path);
		return;
	}
	for (int i = 0; i < count; i++) {
		char name[4096];
		snprintf(name, sizeof(name), "%s/%s", path, entries[i]->d_name);
		read_file(name);
		free(entries[i]);
	}
	free(entries);
}

static void change_byte(uint8_t *bytes, size_t length)
{
	static const uint8_t s_telling[] = {0,    1,   0x7F, 0x80, 0xFF, '"', '\\',
					    '\n', '{', '[',  ' ',  '-',  '9'};
	if (length > 0) {
		bytes[below(length)] = next_random() & 1 ? s_telling[below(sizeof(s_telling))]
							 : (uint8_t)next_random();
	}
}

static size_t remove_part(uint8_t *bytes, size_t length)
{
	size_t from = below(length + 1), count = below(length - from + 1);
	memmove(bytes + from, bytes + from + count, length - from - count);
	return length - count;
}

static size_t repeat_part(uint8_t *bytes, size_t length)
{
	size_t from = below(length + 1), count = below(length - from + 1);
	if (length + count > INPUT_MAX) {
		return length;
	}
	memmove(bytes + from + count, bytes + from, length - from);
	return length + count;
}

static size_t splice(uint8_t *bytes, size_t length)
{
	size_t other = below(s_count), keep = below(length + 1);
	size_t from = below(s_corpus[other].length + 1);
	size_t count = s_corpus[other].length - from;
	count = keep + count > INPUT_MAX ? INPUT_MAX - keep : count;
	memcpy(bytes + keep, s_corpus[other].bytes + from, count);
	return keep + count;
}

static size_t mutate(uint8_t *bytes, size_t length)
{
	for (size_t times = 1 + below(6); times > 0; times--) {
		switch (below(6)) {
		case 0:
			length = remove_part(bytes, length);
			break;
		case 1:
			length = repeat_part(bytes, length);
			break;
		case 2:
			length = splice(bytes, length);
			break;
		default:
			change_byte(bytes, length);
		}
	}
	return length;
}

/* The input goes into memory of its own size, so that reading behind it is seen. */
static void run_once(const uint8_t *bytes, size_t length)
{
	uint8_t *copy = malloc(length ? length : 1);
	memcpy(copy, bytes, length);
	LLVMFuzzerTestOneInput(copy, length);
	free(copy);
}

int main(int argc, char **argv)
{
	static uint8_t s_input[INPUT_MAX];
	int at = 1;
	unsigned long runs = argc > at && atol(argv[at]) > 0 ? (unsigned long)atol(argv[at++]) : 0;
	s_random =
	    argc > at && atol(argv[at]) > 0 ? (uint64_t)atol(argv[at++]) : 88172645463325252u;
	for (; at < argc; at++) {
		read_path(argv[at]);
	}
	if (s_count == 0) {
		s_corpus[s_count++].bytes = calloc(1, INPUT_MAX);
	}
	for (size_t i = 0; i < s_count; i++) {
		run_once(s_corpus[i].bytes, s_corpus[i].length);
	}
	for (unsigned long i = 0; i < runs; i++) {
		size_t from = below(s_count);
		memcpy(s_input, s_corpus[from].bytes, s_corpus[from].length);
		size_t length = mutate(s_input, s_corpus[from].length);
		run_once(s_input, length);
	}
	printf("%zu files of the corpus and %lu mutations\n", s_count, runs);
	return 0;
}
