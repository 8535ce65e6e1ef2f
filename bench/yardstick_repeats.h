/* SPDX-License-Identifier: MIT */
/* yardstick_repeats.h - the room in which a yard counts repeats. */
#ifndef BENCH_YARDSTICK_REPEATS_H
#define BENCH_YARDSTICK_REPEATS_H

#include "yardstick.h"

int yard_repeats_room(yard *y);

#endif
