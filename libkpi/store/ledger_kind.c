/* SPDX-License-Identifier: MIT */
#include "store/ledger.h"

#include "base/utf8.h"
#include "store/calendar.h"
#include "store/employment.h"
#include "store/expense.h"

static int (*const is_whole[KPI__LEDGER_KINDS])(const kpi__ledger_entry *) = {
	[KPI__LEDGER_EMPLOYMENT] = kpi__employment_is_whole,
	[KPI__LEDGER_EXPENSE] = kpi__expense_is_whole,
	[KPI__LEDGER_CALENDAR] = kpi__calendar_is_whole,
};

int
kpi__ledger_is_whole(const kpi__ledger_entry *entry)
{
	return entry->kind < KPI__LEDGER_KINDS && is_whole[entry->kind](entry);
}

void
kpi__ledger_put_text(kpi__buffer *out, const char *text)
{
	kpi__buffer_put_text(out, text);
	if (text != NULL)
		kpi__buffer_put_byte(out, 0);
}

const char *
kpi__ledger_read_text(kpi__reader *reader, size_t most)
{
	size_t size;
	const char *const text = kpi__read_text(reader, &size);

	if (text == NULL)
		return NULL;
	if (kpi__read_byte(reader) != 0 || size == 0 || size > most ||
	    !kpi__utf8_is_text(text, size))
		reader->bad = 1;
	return reader->bad ? NULL : text;
}

void
kpi__ledger_read(
    const kpi__ledger_entry *entry, kpi__reader *key, kpi__reader *body)
{
	key->at = entry->bytes;
	key->end = body->at = entry->bytes + entry->key_size;
	body->end = entry->bytes + entry->size;
	key->bad = body->bad = 0;
}

int
kpi__ledger_was_read(const kpi__reader *reader)
{
	return !reader->bad && reader->at == reader->end;
}
