#include "linux_board.h"
#include "power.h"

OS_PUBLIC extern const struct os_board strata_board;
const struct os_board strata_board = {
    .struct_size = sizeof(strata_board),
    .name = "linux",
    .display = &linux_display_door,
    .power = &linux_power_door,
    .touch = &linux_touch_door,
    .key = &linux_key_door,
};
