/* Handover: the frame of the row of that name. */
#ifndef BENCH_HANDOVER_H
#define BENCH_HANDOVER_H

#define HANDOVER_WIDTH 800
#define HANDOVER_HEIGHT 480
#define HANDOVER_Y 200 /* where the damage begins */

#endif
