/* SPDX-License-Identifier: MIT */
#include <kpi/ledger.h>

#include "base/error.h"
#include "base/sized.h"
#include "ingest/ledger.h"
#include "store/expense.h"
#include "store/field.h"
#include "store/state.h"

static kpi_status
check_texts(kpi_expense *ours, kpi_error *error)
{
	struct {
		const char **text;
		const char *name;
	} const texts[] = { { &ours->of, "of" }, { &ours->id, "id" },
		{ &ours->source, "source" }, { &ours->note, "note" } };
	kpi_status status = KPI_OK;

	for (size_t i = 0;
	     i < sizeof(texts) / sizeof(*texts) && status == KPI_OK; i++)
		status =
		    kpi__ledger_check_text(texts[i].text, texts[i].name, error);
	return status;
}

static kpi_status
check_span(const kpi_expense *ours, kpi_error *error)
{
	if (!kpi__field_is_instant(ours->started_at))
		return kpi__fail_at(error, KPI_EINVAL, "started_at",
		    "started_at is required: expected years 1 to 9999");
	if (!kpi__field_is_instant(ours->ended_at) ||
	    ours->ended_at < ours->started_at)
		return kpi__fail_at(error, KPI_EINVAL, "ended_at",
		    "ended_at is required: expected later than started_at, to "
		    "year 9999");
	if (ours->ended_at == ours->started_at && ours->id == NULL)
		return kpi__fail_at(error, KPI_EINVAL, "ended_at",
		    "ended_at is started_at: expected later, or the id of an "
		    "expense that is to be taken back");
	return KPI_OK;
}

static kpi_status
check(kpi_expense *ours, const kpi_expense *theirs, kpi_error *error)
{
	static const kpi_expense blank = KPI_EXPENSE_INIT;
	kpi_status status = kpi__sized_read(ours, sizeof(*ours), theirs,
	    KPI__SIZE_TO(kpi_expense, note), &blank);

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    "the expense has no size that is understood");
	if (ours->by == 0)
		ours->by = KPI_UNKNOWN;
	status = check_texts(ours, error);
	if (status == KPI_OK)
		status = check_span(ours, error);
	if (status != KPI_OK)
		return status;
	if (ours->amount == KPI_UNKNOWN)
		return kpi__fail_at(error, KPI_EINVAL, "amount",
		    "amount is required: expected minor units");
	if (ours->by != KPI_UNKNOWN && !kpi__expense_takes(ours->by))
		return kpi__fail_at(error, KPI_EINVAL, "by",
		    "by is outside its range: expected queue, team, agent or "
		    "channel");
	if ((ours->by == KPI_UNKNOWN) != (ours->of == NULL))
		return kpi__fail_at(error, KPI_EINVAL, "of",
		    "of and by belong together: expected both or neither");
	return KPI_OK;
}

kpi_status
kpi_store_add_expense(
    kpi_store *store, const kpi_expense *expense, kpi_error *error)
{
	kpi__ledger_entry entry;
	kpi_expense ours;
	kpi__buffer out;
	kpi_status status;

	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no store");
	status = check(&ours, expense, error);
	if (status != KPI_OK)
		return status;
	kpi__buffer_init(&out, &store->allocator);
	kpi__expense_put(&out, &entry, &ours);
	return kpi__ledger_write(store, &out, &entry, error);
}

static int
compare(const void *a, const void *b, const void *unused)
{
	kpi_expense x, y;
	int order;

	(void)unused;
	kpi__expense_read(*(const kpi__ledger_entry *const *)a, &x);
	kpi__expense_read(*(const kpi__ledger_entry *const *)b, &y);
	order = kpi__ledger_compare_integers(x.started_at, y.started_at);
	if (order == 0)
		order = kpi__ledger_compare_integers(x.ended_at, y.ended_at);
	if (order == 0)
		order = kpi__ledger_compare_texts(x.source, y.source);
	if (order == 0)
		order = kpi__ledger_compare_texts(x.id, y.id);
	if (order == 0)
		order = kpi__ledger_compare_integers(x.amount, y.amount);
	if (order == 0)
		order = kpi__ledger_compare_integers(x.by, y.by);
	if (order == 0)
		order = kpi__ledger_compare_texts(x.of, y.of);
	return order != 0 ? order : kpi__ledger_compare_texts(x.note, y.note);
}

struct listener {
	int (*each)(void *ctx, const kpi_expense *expense);
	void *ctx;
};

static int
show(void *ctx, const kpi__ledger_entry *entry)
{
	const struct listener *const to = ctx;
	kpi_expense expense;

	kpi__expense_read(entry, &expense);
	return to->each(to->ctx, &expense);
}

kpi_status
kpi_store_expenses(kpi_store *store,
    int (*each)(void *ctx, const kpi_expense *expense), void *ctx,
    kpi_error *error)
{
	struct listener to = { each, ctx };

	if (store == NULL || each == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a store and a function are needed");
	return kpi__ledger_list(
	    store, KPI__LEDGER_EXPENSE, compare, show, &to, error);
}
