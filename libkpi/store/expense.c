/* SPDX-License-Identifier: MIT */
#include "store/expense.h"

#include "store/field.h"

/* Who replaces nothing has its names in the body. */
void
kpi__expense_put(
    kpi__buffer *out, kpi__ledger_entry *entry, const kpi_expense *expense)
{
	kpi__ledger_put_text(out, expense->source);
	kpi__ledger_put_text(out, expense->id);
	entry->kind = KPI__LEDGER_EXPENSE;
	entry->key_size = expense->id == NULL ? 0 : (uint32_t)out->size;
	if (expense->ended_at != expense->started_at) {
		kpi__buffer_put_signed(out, expense->started_at);
		kpi__buffer_put_signed(out, expense->ended_at);
		kpi__buffer_put_signed(out, expense->amount);
		kpi__buffer_put_signed(out, expense->by);
		kpi__ledger_put_text(out, expense->of);
		kpi__ledger_put_text(out, expense->note);
	}
	entry->size = (uint32_t)out->size;
	entry->bytes = out->bytes;
}

static int
read(const kpi__ledger_entry *entry, kpi_expense *to)
{
	const kpi_expense blank = KPI_EXPENSE_INIT;
	kpi__reader key, body;
	kpi__reader *const names = entry->key_size > 0 ? &key : &body;

	*to = blank;
	kpi__ledger_read(entry, &key, &body);
	to->source = kpi__ledger_read_text(names, KPI_TEXT_MAX);
	to->id = kpi__ledger_read_text(names, KPI_TEXT_MAX);
	if (kpi__ledger_is_none(entry))
		return kpi__ledger_was_read(&key) && to->id != NULL;
	to->started_at = kpi__read_signed(&body);
	to->ended_at = kpi__read_signed(&body);
	to->amount = kpi__read_signed(&body);
	to->by = kpi__read_signed(&body);
	to->of = kpi__ledger_read_text(&body, KPI_TEXT_MAX);
	to->note = kpi__ledger_read_text(&body, KPI_TEXT_MAX);
	return kpi__ledger_was_read(&key) && kpi__ledger_was_read(&body) &&
	    (to->id != NULL) == (entry->key_size > 0);
}

void
kpi__expense_read(const kpi__ledger_entry *entry, kpi_expense *expense)
{
	(void)read(entry, expense);
}

int
kpi__expense_takes(int64_t by)
{
	return by == KPI_BY_QUEUE || by == KPI_BY_TEAM || by == KPI_BY_AGENT ||
	    by == KPI_BY_CHANNEL;
}

int
kpi__expense_is_whole(const kpi__ledger_entry *entry)
{
	kpi_expense is;

	if (!read(entry, &is))
		return 0;
	if (kpi__ledger_is_none(entry))
		return 1;
	return kpi__field_is_instant(is.started_at) &&
	    kpi__field_is_instant(is.ended_at) && is.ended_at > is.started_at &&
	    is.amount != KPI_UNKNOWN &&
	    (is.of == NULL ? is.by == KPI_UNKNOWN : kpi__expense_takes(is.by));
}
