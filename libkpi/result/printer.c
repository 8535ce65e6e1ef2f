/* SPDX-License-Identifier: MIT */
#include "result/printer.h"

#include "base/error.h"
#include "base/number.h"
#include "result/figure.h"
#include "result/shape.h"
#include "time/bucket.h"

#define MUCH 32768

void
kpi__lines_begin(kpi__printer *p)
{
	p->next = 0;
	p->at = KPI_UNKNOWN;
}

/* Whether the time holds more buckets than are told one by one. */
static int
is_long(const kpi_result *r, int64_t begin, int64_t until)
{
	static const int64_t minutes[] = { [KPI_BUCKET_QUARTER_HOUR] = 15,
		[KPI_BUCKET_HALF_HOUR] = 30,
		[KPI_BUCKET_HOUR] = 60,
		[KPI_BUCKET_DAY] = 1440,
		[KPI_BUCKET_WEEK] = 7 * 1440,
		[KPI_BUCKET_MONTH] = 30 * 1440,
		[KPI_BUCKET_QUARTER] = 91 * 1440,
		[KPI_BUCKET_YEAR] = 365 * 1440 };
	const uint64_t length = (uint64_t)minutes[r->frame.bucket] * 60000;

	return ((uint64_t)until - (uint64_t)begin) / length > KPI__GAP_MOST;
}

/* Only the time of one series has gaps; groups are no series together. */
static int
next_gap(kpi__printer *p, kpi__line *line)
{
	const kpi_result *r = p->result;
	int64_t begin, until, next;

	if (r->frame.by_count > 0 || p->next == 0 ||
	    r->frame.bucket == KPI_BUCKET_NONE)
		return 0;
	next = r->rows.time[2 * p->next];
	if (p->at < next && is_long(r, p->at, next)) {
		*line = (kpi__line){ KPI__LONG_GAP, p->at, next };
		p->at = next;
		return 1;
	}
	if (p->at >= next ||
	    kpi__bucket_span(p->zone, r->frame.bucket, r->frame.week_start,
		p->at, &begin, &until) != KPI_OK ||
	    until <= p->at)
		return 0;
	line->row = KPI__GAP;
	line->begin = begin > p->at ? begin : p->at;
	line->until = until < next ? until : next;
	p->at = line->until;
	return line->begin < line->until;
}

int
kpi__lines_next(kpi__printer *p, kpi__line *line)
{
	const kpi__rows *rows = &p->result->rows;

	if (p->next >= rows->count)
		return 0;
	if (next_gap(p, line))
		return 1;
	line->row = p->next++;
	line->begin = rows->time[2 * line->row];
	line->until = rows->time[2 * line->row + 1];
	p->at = line->until;
	return 1;
}

kpi_status
kpi__line_figure(const kpi__printer *p, const kpi__line *line, uint32_t index,
    kpi_figure *figure)
{
	const kpi__shape *shape = &p->result->shapes[index];
	kpi_status status;

	if (line->row == KPI__GAP) {
		*figure = kpi__figure_empty(shape);
		return KPI_OK;
	}
	*figure = kpi__figure_none(shape);
	status = kpi_result_figure(p->result, line->row, index, figure);
	if (status != KPI_OK)
		return kpi__fail(p->error, status,
		    "a sum is beyond 64 bits, of: %s", shape->text);
	return KPI_OK;
}

int
kpi__has_verdicts(const kpi_result *r)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (kpi__shape_judged(&r->shapes[i], &r->frame))
			return 1;
	return 0;
}

kpi_status
kpi__printer_flush(kpi__printer *p, int all)
{
	if (p->out.status != KPI_OK)
		return kpi__fail(
		    p->error, p->out.status, "no memory to print a result");
	if (p->out.size == 0 || (!all && p->out.size < MUCH))
		return KPI_OK;
	if (p->write(p->write_ctx, (const char *)p->out.bytes, p->out.size) !=
	    0)
		return kpi__fail(
		    p->error, KPI_EIO, "the result could not be written");
	p->out.size = 0;
	return KPI_OK;
}

const char *const kpi__reason_names[KPI__REASONS] = { "unknown", "in_progress",
	"truncated", "immature", "not_counted", "no_activity" };

int64_t
kpi__reason_of(const kpi_figure *f, size_t reason)
{
	const int64_t counts[KPI__REASONS] = { f->unknown, f->in_progress,
		f->truncated, f->immature, f->not_counted, f->no_activity };

	return counts[reason];
}

void
kpi__put_units(kpi__buffer *b, int64_t sum, int64_t parts)
{
	char text[KPI__DOUBLE_TEXT];

	if (sum % parts == 0)
		(void)kpi__format_int64(text, sum / parts);
	else
		(void)kpi__format_double(text, (double)sum / (double)parts);
	kpi__buffer_put_string(b, text);
}
