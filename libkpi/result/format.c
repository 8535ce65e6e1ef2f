/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include <kpi/result.h>

#include "base/buffer.h"
#include "base/sized.h"
#include "base/word.h"
#include "result/rounded.h"

/* More than two numbers with their unit, or a state. */
#define ROOM 128

static void *
take_block(void *block, void *ptr, size_t old_size, size_t new_size)
{
	(void)ptr;
	(void)old_size;
	return new_size <= ROOM ? block : NULL;
}

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
	unsigned char block[ROOM];
	const kpi_allocator on_stack = { take_block, block };
	kpi_figure f;
	kpi__buffer b;
	const kpi_status status = kpi__sized_read(
	    &f, sizeof(f), figure, KPI__SIZE_TO(kpi_figure, unit), NULL);

	if (status != KPI_OK || text == NULL)
		return KPI_EINVAL;
	kpi__buffer_init(&b, &on_stack);
	if (!put(&b, &f, what) || b.status != KPI_OK || b.size > room)
		return KPI_EINVAL;
	memcpy(text, b.bytes, b.size);
	return KPI_OK;
}
