#include "restart.h"

#define SHORT_LIFE_US (500 * OS_US_PER_MS)
#define FREE_DEATHS 3
#define FIRST_DELAY_US (100 * OS_US_PER_MS)
#define LONGEST_DELAY_US OS_US_PER_S

int64_t restart_delay_us(struct restart *restart, int64_t lived_us)
{
	if (lived_us >= SHORT_LIFE_US) {
		restart->short_lives = 0;
		return 0;
	}
	restart->short_lives++;
	if (restart->short_lives <= FREE_DEATHS) {
		return 0;
	}
	int64_t delay_us = FIRST_DELAY_US;
	for (uint32_t i = FREE_DEATHS + 1; i < restart->short_lives && delay_us < LONGEST_DELAY_US; i++) {
		delay_us *= 2;
	}
	return OS_MIN(delay_us, LONGEST_DELAY_US);
}
