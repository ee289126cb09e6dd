/* Core OS: the lowest layer, whole. A table of contents, in reading order. */
#ifndef OS_OS_H
#define OS_OS_H

/* Words and building stones */
#include <os/base.h>
#include <os/status.h>
#include <os/memory.h>
#include <os/list.h>
#include <os/array.h>
#include <os/buffer.h>
#include <os/map.h>
#include <os/object.h>
#include <os/signal.h>
#include <os/random.h>

/* Time and turns */
#include <os/clock.h>
#include <os/loop.h>
#include <os/timer.h>
#include <os/queue.h>

/* Files */
#include <os/path.h>
#include <os/file.h>

/* Looking in */
#include <os/log.h>
#include <os/trace.h>

/* Talking to other processes */
#include <os/interface.h>
#include <os/message.h>
#include <os/port.h>
#include <os/connection.h>
#include <os/process.h>
#include <os/supervisor.h>

/* Starting other processes, inside walls */
#include <os/layout.h>
#include <os/spawn.h>
#include <os/limits.h>
#include <os/sandbox.h>
#include <os/crash.h>
#include <os/device.h>
#include <os/passcode.h>
#include <os/doctor.h>

/* Hardware */
#include <os/display.h>
#include <os/touch_input.h>
#include <os/key_input.h>
#include <os/gpu.h>
#include <os/hardware.h>
#include <os/power.h>
#include <os/board.h>
#include <os/board_config.h>

#endif
