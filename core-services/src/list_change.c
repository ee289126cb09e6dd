/* What leads from one list of ids to another. What is common at both ends is left out; of the rest,
 * a longest rising run of old places stays, and everything else is deleted or inserted. */
#include <cs/results.h>

#include <os/map.h>
#include <os/memory.h>

#include <string.h>

struct diff {
	struct cs_id_list before, after; /* without what is common at the ends */
	size_t head;                     /* how much was common at the beginning */
	struct os_map *places;           /* old place + 1 by id */
	uint32_t *stays;                 /* for each of after: old place + 1 if it stays, else 0 */
};

static void trim_ends(struct diff *diff)
{
	while (diff->before.count > 0 && diff->after.count > 0 &&
	       diff->before.ids[0] == diff->after.ids[0]) {
		diff->before.ids++;
		diff->after.ids++;
		diff->before.count--;
		diff->after.count--;
		diff->head++;
	}
	while (diff->before.count > 0 && diff->after.count > 0 &&
	       diff->before.ids[diff->before.count - 1] == diff->after.ids[diff->after.count - 1]) {
		diff->before.count--;
		diff->after.count--;
	}
}

/* Index in `ends` of the first run whose last place is not below `place`. */
static size_t find_run(const uint32_t *stays, const uint32_t *ends, size_t count, uint32_t place)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (stays[ends[middle]] < place) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

/* Leaves in `stays` only a longest rising run (patience sorting). */
static void keep_longest_run(uint32_t *stays, size_t count)
{
	uint32_t *ends = os_alloc_array(
	    count + 1, sizeof(*ends)); /* last element of the best run of each length */
	uint32_t *previous = os_alloc_array(count + 1, sizeof(*previous));
	size_t length = 0;
	for (size_t i = 0; i < count; i++) {
		if (stays[i] == 0) {
			continue;
		}
		size_t run = find_run(stays, ends, length, stays[i]);
		previous[i] = run > 0 ? ends[run - 1] : UINT32_MAX;
		ends[run] = (uint32_t)i;
		length = OS_MAX(length, run + 1);
	}
	uint32_t keep = length > 0 ? ends[length - 1] : UINT32_MAX;
	for (size_t i = count; i-- > 0;) {
		if (i == keep) {
			keep = previous[i];
		} else {
			stays[i] = 0;
		}
	}
	os_free(ends);
	os_free(previous);
}

static void find_stays(struct diff *diff)
{
	diff->places = os_map_create(OS_MAP_NUMBERS);
	for (size_t i = 0; i < diff->before.count; i++) {
		os_map_set_number(diff->places, (uint64_t)diff->before.ids[i],
				  (void *)(uintptr_t)(i + 1));
	}
	diff->stays = os_alloc_array(diff->after.count + 1, sizeof(*diff->stays));
	for (size_t i = 0; i < diff->after.count; i++) {
		diff->stays[i] = (uint32_t)(uintptr_t)os_map_get_number(
		    diff->places, (uint64_t)diff->after.ids[i]);
	}
	keep_longest_run(diff->stays, diff->after.count);
}

/* Fills ret_indices, made as large as needed, with those old places that no element stays at. */
static size_t list_deleted(const struct diff *diff, uint32_t *indices)
{
	size_t count = 0, next = 0;
	for (size_t i = 0; i < diff->after.count; i++) {
		if (diff->stays[i] == 0) {
			continue;
		}
		for (; next + 1 < diff->stays[i]; next++) {
			indices[count++] = (uint32_t)(diff->head + next);
		}
		next = diff->stays[i];
	}
	for (; next < diff->before.count; next++) {
		indices[count++] = (uint32_t)(diff->head + next);
	}
	return count;
}

static size_t list_inserted(const struct diff *diff, uint32_t *indices)
{
	size_t count = 0;
	for (size_t i = 0; i < diff->after.count; i++) {
		if (diff->stays[i] == 0) {
			indices[count++] = (uint32_t)(diff->head + i);
		}
	}
	return count;
}

/* New places of those touched that are neither deleted nor inserted. */
static size_t list_updated(const struct diff *diff, struct cs_id_list after,
			   struct cs_id_list touched, uint32_t *indices)
{
	if (touched.count == 0) {
		return 0;
	}
	struct os_map *wanted = os_map_create(OS_MAP_NUMBERS);
	for (size_t i = 0; i < touched.count; i++) {
		os_map_set_number(wanted, (uint64_t)touched.ids[i], wanted);
	}
	size_t count = 0;
	for (size_t i = 0; i < after.count && count < touched.count; i++) {
		bool in_middle = i >= diff->head && i < diff->head + diff->after.count;
		bool moved = in_middle && diff->stays[i - diff->head] == 0;
		if (!moved && os_map_get_number(wanted, (uint64_t)after.ids[i]) != NULL) {
			indices[count++] = (uint32_t)i;
		}
	}
	os_map_destroy(wanted);
	return count;
}

void cs_list_change_init(struct cs_list_change *change, struct cs_id_list before,
			 struct cs_id_list after, struct cs_id_list touched)
{
	struct diff diff = {.before = before, .after = after};
	trim_ends(&diff);
	find_stays(&diff);
	uint32_t *deleted = os_alloc_array(diff.before.count + 1, sizeof(*deleted));
	uint32_t *inserted = os_alloc_array(diff.after.count + 1, sizeof(*inserted));
	uint32_t *updated = os_alloc_array(touched.count + 1, sizeof(*updated));
	change->deleted_count = list_deleted(&diff, deleted);
	change->inserted_count = list_inserted(&diff, inserted);
	change->updated_count = list_updated(&diff, after, touched, updated);
	change->deleted = deleted;
	change->inserted = inserted;
	change->updated = updated;
	os_map_destroy(diff.places);
	os_free(diff.stays);
}

void cs_list_change_finish(struct cs_list_change *change)
{
	os_free((void *)change->deleted);
	os_free((void *)change->inserted);
	os_free((void *)change->updated);
	memset(change, 0, sizeof(*change));
}
