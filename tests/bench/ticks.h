/* Ticks: how late a periodic timer is noticed, for figure and floor alike. */
#ifndef BENCH_TICKS_H
#define BENCH_TICKS_H

#define TICKS_HZ 120
#define TICKS_PART 0.99 /* p99 */

#endif
