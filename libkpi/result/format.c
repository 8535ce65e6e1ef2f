/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <kpi/result.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/word.h"
#include "result/rounded.h"

static int
put(kpi__buffer *b, const kpi_figure *f, int32_t what)
{
	const int is_known = f->state == KPI_STATE_OK && isfinite(f->value);
	const char *const state = kpi__word_name(KPI_TABLE_STATES, f->state);

	if (what == KPI_SHOW_VALUE && is_known)
		kpi__put_value(b, f->value, f->unit);
	else if (what == KPI_SHOW_VALUE && state != NULL)
		kpi__buffer_put_string(b, state);
	else if (what == KPI_SHOW_VALUE)
		return 0;
	else if (what == KPI_SHOW_BOUNDS && isfinite(f->lower) &&
	    isfinite(f->upper))
		kpi__put_span(b, f->lower, f->upper, f->unit);
	else if (what != KPI_SHOW_BOUNDS)
		return 0;
	kpi__buffer_put_byte(b, '\0');
	return 1;
}

kpi_status
kpi_figure_format(
    const kpi_figure *figure, int32_t what, char *text, uint64_t room)
{
	kpi_figure f;
	kpi__buffer b;
	kpi_status status = kpi__sized_read(
	    &f, sizeof(f), figure, KPI__SIZE_TO(kpi_figure, unit), NULL);

	if (status != KPI_OK || text == NULL)
		return KPI_EINVAL;
	kpi__buffer_init(&b, &kpi__default_allocator);
	if (!put(&b, &f, what))
		status = KPI_EINVAL;
	else if (b.status != KPI_OK)
		status = b.status;
	else if (b.size > room)
		status = KPI_EINVAL;
	else
		memcpy(text, b.bytes, b.size);
	kpi__buffer_free(&b);
	return status;
}
