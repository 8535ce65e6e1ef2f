/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/bytes.h"
#include "base/checksum.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "result/loader.h"
#include "result/packed.h"
#include "result/table.h"

/* Version before checksum: a later release may sum another way. */
static kpi_status
check_envelope(kpi__loader *l, uint64_t size)
{
	const size_t head = KPI__RESULT_MAGIC_SIZE + 1;
	size_t body;

	if (size > SIZE_MAX || size < head + KPI__RESULT_SUM_SIZE ||
	    memcmp(l->begin, KPI__RESULT_MAGIC, KPI__RESULT_MAGIC_SIZE) != 0)
		return kpi__fail(
		    l->error, KPI_ECORRUPT, "this is no saved result");
	if (l->begin[KPI__RESULT_MAGIC_SIZE] != KPI__RESULT_VERSION)
		return kpi__fail(l->error, KPI_EVERSION,
		    "the result was saved by a later release, as version %u",
		    (unsigned)l->begin[KPI__RESULT_MAGIC_SIZE]);
	body = (size_t)size - KPI__RESULT_SUM_SIZE;
	if (kpi__checksum(l->begin, body, KPI__RESULT_SEED) !=
	    kpi__get64(l->begin + body))
		return kpi__fail(l->error, KPI_ECORRUPT,
		    "the saved result is damaged: its checksum is wrong");
	l->in.at = l->begin + head;
	l->in.end = l->begin + body;
	return KPI_OK;
}

static kpi_status
load(kpi__loader *l, kpi_result *r)
{
	char **filters = r->filters;
	const size_t count = r->filter_count;
	kpi_status status;

	r->filters = l->filters;
	r->filter_count = l->filter_count;
	l->filters = filters;
	l->filter_count = count;

	status = kpi__load_rows(l, r);
	if (status != KPI_OK)
		return status;
	if (l->in.at != l->in.end)
		return kpi__load_damaged(l, "more bytes than a result has");
	status = kpi__result_settle(r);
	if (status == KPI_ENOMEM)
		return kpi__load_no_memory(l);
	return status == KPI_OK
	    ? KPI_OK
	    : kpi__load_damaged(l, "rows that are too great together");
}

static kpi_status
read_options(kpi__loader *l, const kpi_result_options *options)
{
	kpi_result_options o = KPI_RESULT_OPTIONS_INIT;

	l->allocator = kpi__default_allocator;
	if (options != NULL) {
		kpi_status status = kpi__sized_read(&o, sizeof(o), options,
		    KPI__SIZE_TO(kpi_result_options, zone_directory), NULL);

		if (status != KPI_OK)
			return kpi__fail(l->error, status,
			    "the options of a result have a size or a field "
			    "that is not known");
	}
	l->frame.zone_directory = o.zone_directory;
	return kpi__allocator_of(&l->allocator, o.allocator, l->error);
}

kpi_status
kpi_result_load(kpi_result **out, const void *bytes, uint64_t size,
    const kpi_result_options *options, kpi_error *error)
{
	kpi__loader l;
	kpi_result *r = NULL;
	kpi_status status;

	if (out != NULL)
		*out = NULL;
	if (out == NULL || bytes == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "no bytes to load, or no place for the result");

	memset(&l, 0, sizeof(l));
	l.begin = bytes;
	l.error = error;
	status = read_options(&l, options);
	if (status == KPI_OK)
		status = check_envelope(&l, size);
	if (status == KPI_OK)
		status = kpi__load_frame(&l);
	if (status == KPI_OK)
		status = kpi__load_shapes(&l);
	if (status == KPI_OK)
		status = kpi__result_new(
		    &r, &l.allocator, &l.frame, l.shapes, l.shape_count, error);
	if (status == KPI_OK)
		status = load(&l, r);
	kpi__load_free(&l);
	if (status != KPI_OK) {
		kpi_result_free(r);
		return status;
	}
	*out = r;
	return KPI_OK;
}
