/* SPDX-License-Identifier: MIT */
#include "store/employment.h"

#include "store/field.h"

void
kpi__employment_put(kpi__buffer *out, kpi__ledger_entry *entry,
    const kpi_employment *employment)
{
	kpi__ledger_put_text(out, employment->agent);
	kpi__buffer_put_signed(out, employment->hired_at);
	kpi__ledger_put_text(out, employment->source);
	entry->kind = KPI__LEDGER_EMPLOYMENT;
	entry->key_size = (uint32_t)out->size;
	if (employment->left_at != employment->hired_at)
		kpi__buffer_put_signed(out, employment->left_at);
	entry->size = (uint32_t)out->size;
	entry->bytes = out->bytes;
}

static int
read(const kpi__ledger_entry *entry, kpi_employment *to)
{
	const kpi_employment blank = KPI_EMPLOYMENT_INIT;
	kpi__reader key, body;

	*to = blank;
	kpi__ledger_read(entry, &key, &body);
	to->agent = kpi__ledger_read_text(&key, KPI_TEXT_MAX);
	to->hired_at = to->left_at = kpi__read_signed(&key);
	to->source = kpi__ledger_read_text(&key, KPI_TEXT_MAX);
	if (!kpi__ledger_is_none(entry))
		to->left_at = kpi__read_signed(&body);
	return kpi__ledger_was_read(&key) && kpi__ledger_was_read(&body);
}

void
kpi__employment_read(const kpi__ledger_entry *entry, kpi_employment *employment)
{
	(void)read(entry, employment);
}

int
kpi__employment_is_whole(const kpi__ledger_entry *entry)
{
	kpi_employment is;

	return read(entry, &is) && is.agent != NULL &&
	    kpi__field_is_instant(is.hired_at) &&
	    (is.left_at == KPI_UNKNOWN ||
		(is.left_at >= is.hired_at &&
		    kpi__field_is_instant(is.left_at)));
}
