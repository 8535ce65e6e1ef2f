/* SPDX-License-Identifier: MIT */
#include <kpi/ledger.h>

#include "base/error.h"
#include "base/sized.h"
#include "ingest/ledger.h"
#include "store/employment.h"
#include "store/field.h"
#include "store/state.h"

static kpi_status
check(kpi_employment *ours, const kpi_employment *theirs, kpi_error *error)
{
	static const kpi_employment blank = KPI_EMPLOYMENT_INIT;
	kpi_status status = kpi__sized_read(ours, sizeof(*ours), theirs,
	    KPI__SIZE_TO(kpi_employment, source), &blank);

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "the employment has no size that is understood");
	status = kpi__ledger_check_text(&ours->agent, "agent", error);
	if (status == KPI_OK)
		status = kpi__ledger_check_text(&ours->source, "source", error);
	if (status != KPI_OK)
		return status;
	if (ours->agent == NULL)
		return kpi__fail_at(
		    error, KPI_EINVAL, "agent", "agent is required");
	if (!kpi__field_is_instant(ours->hired_at))
		return kpi__fail_at(error, KPI_EINVAL, "hired_at",
		    "hired_at is required: expected years 1 to 9999");
	if (ours->left_at != KPI_UNKNOWN &&
	    (ours->left_at < ours->hired_at ||
		!kpi__field_is_instant(ours->left_at)))
		return kpi__fail_at(error, KPI_EINVAL, "left_at",
		    "left_at is outside its range: expected hired_at or later, "
		    "to year 9999");
	return KPI_OK;
}

kpi_status
kpi_store_add_employment(
    kpi_store *store, const kpi_employment *employment, kpi_error *error)
{
	kpi__ledger_entry entry;
	kpi_employment ours;
	kpi__buffer out;
	kpi_status status;

	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no store");
	status = check(&ours, employment, error);
	if (status != KPI_OK)
		return status;
	kpi__buffer_init(&out, &store->allocator);
	kpi__employment_put(&out, &entry, &ours);
	return kpi__ledger_write(store, &out, &entry, error);
}

static int
compare(const void *a, const void *b, const void *unused)
{
	kpi_employment x, y;
	int order;

	(void)unused;
	kpi__employment_read(*(const kpi__ledger_entry *const *)a, &x);
	kpi__employment_read(*(const kpi__ledger_entry *const *)b, &y);
	order = kpi__ledger_compare_texts(x.agent, y.agent);
	if (order == 0)
		order = kpi__ledger_compare_integers(x.hired_at, y.hired_at);
	return order != 0 ? order
			  : kpi__ledger_compare_texts(x.source, y.source);
}

struct listener {
	int (*each)(void *ctx, const kpi_employment *employment);
	void *ctx;
};

static int
show(void *ctx, const kpi__ledger_entry *entry)
{
	const struct listener *const to = ctx;
	kpi_employment employment;

	kpi__employment_read(entry, &employment);
	return to->each(to->ctx, &employment);
}

kpi_status
kpi_store_employments(kpi_store *store,
    int (*each)(void *ctx, const kpi_employment *employment), void *ctx,
    kpi_error *error)
{
	struct listener to = { each, ctx };

	if (store == NULL || each == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a store and a function are needed");
	return kpi__ledger_list(
	    store, KPI__LEDGER_EMPLOYMENT, compare, show, &to, error);
}
