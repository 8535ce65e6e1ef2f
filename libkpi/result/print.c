/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "result/printer.h"

static kpi_status
print(kpi__printer *p, int32_t format)
{
	switch (format) {
	case KPI_FORMAT_TABLE:
		return kpi__print_text(p);
	case KPI_FORMAT_CSV:
		return kpi__print_csv(p);
	default:
		return kpi__print_json(p);
	}
}

kpi_status
kpi_result_print(const kpi_result *r, int32_t format, kpi_write write,
    void *write_ctx, kpi_error *error)
{
	kpi__printer p;
	kpi_status status = KPI_OK;

	if (r == NULL || write == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "no result to print, or nothing to write it");
	if (format < KPI_FORMAT_TABLE || format > KPI_FORMAT_JSON)
		return kpi__fail(
		    error, KPI_EINVAL, "expected one of KPI_FORMAT_");

	memset(&p, 0, sizeof(p));
	p.result = r;
	p.write = write;
	p.write_ctx = write_ctx;
	p.error = error;
	kpi__buffer_init(&p.out, &r->allocator);
	if (r->frame.bucket != KPI_BUCKET_NONE)
		status = kpi__zone_load(
		    &p.zone, r->zone_directory, r->zone, &r->allocator, error);
	if (status == KPI_OK)
		status = print(&p, format);
	if (status == KPI_OK)
		status = kpi__printer_flush(&p, 1);
	kpi__buffer_free(&p.out);
	kpi__zone_free(p.zone);
	return status;
}
