#include "sdl_board.h"

OS_PUBLIC extern const struct os_board strata_board;
const struct os_board strata_board = {
    .struct_size = sizeof(strata_board),
    .name = "sdl",
    .display = &sdl_display_door,
    .touch = &sdl_touch_door,
    .key = &sdl_key_door,
    .gpu = &sdl_gpu_door,
};
