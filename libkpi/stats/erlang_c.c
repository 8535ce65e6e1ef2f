/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "stats/erlang.h"

void
kpi__erlang_c(struct kpi__queue_figures *out, const struct kpi__queue *q,
    uint64_t servers)
{
	const double n = (double)servers, spare = n - q->load;
	const double b = kpi__erlang_b(q->load, servers);
	const double waits = n * b / (spare + q->load * b);

	out->wait_probability = waits;
	out->service_level = 1 - waits * exp(-spare * q->threshold);
	out->mean_wait = waits / spare;
	out->speed_of_answer = out->mean_wait;
	out->abandonment = 0;
	out->occupancy = q->load / n;
}
