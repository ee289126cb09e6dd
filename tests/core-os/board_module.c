/* A board without any hardware, for test_board.c. */
#include <os/board.h>

#ifndef BOARD_SIZE
#define BOARD_SIZE sizeof(struct os_board)
#endif

OS_PUBLIC extern const struct os_board strata_board;
const struct os_board strata_board = {.struct_size = BOARD_SIZE, .name = "empty"};
