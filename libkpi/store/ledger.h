/* SPDX-License-Identifier: MIT */
/*
 * ledger.h - small relations beside interactions and activities: who was
 * employed, what was spent. Entries are appended; one with the key of an
 * earlier one of its kind replaces it, one without a key replaces none, and
 * one without a body is none and takes the former back.
 *
 * A kind is a number here, a file that puts its records into keys and bodies
 * and reads them (store/employment.h), and a line in ledger_kind.c.
 */
#ifndef KPI_STORE_LEDGER_H
#define KPI_STORE_LEDGER_H

#include "base/buffer.h"
#include "store/arena.h"
#include "store/index.h"
#include "store/shelf.h"

/* The file's numbers. */
#define KPI__LEDGER_EMPLOYMENT 0
#define KPI__LEDGER_EXPENSE    1
#define KPI__LEDGER_CALENDAR   2
#define KPI__LEDGER_KINDS      3

#define KPI__LEDGER_BYTES_MAX (64 * 1024)

typedef struct kpi__ledger_entry {
	const unsigned char *bytes; /* the key, then the body */
	uint32_t kind;
	uint32_t key_size, size;
	uint32_t former; /* number + 1 of the one that it replaces; 0: none */
} kpi__ledger_entry;

/* Readers read the entries that their snapshot counts. */
typedef struct kpi__ledger {
	kpi__index index;
	kpi__shelf entries;
	kpi__arena bytes;
} kpi__ledger;

void kpi__ledger_init(kpi__ledger *ledger, const kpi_allocator *allocator);
void kpi__ledger_free(kpi__ledger *ledger);

/* Copies the bytes of `entry`, whose `former` is found. *change: how many more
 * of its kind there are, 1, 0 or -1. KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__ledger_add(kpi__ledger *ledger, const kpi__ledger_entry *entry,
    int *change) KPI_MUST_CHECK;
const kpi__ledger_entry *kpi__ledger_at(
    const kpi__ledger *ledger, uint32_t number);
void kpi__ledger_truncate(kpi__ledger *ledger, uint32_t count);

int kpi__ledger_is_none(const kpi__ledger_entry *entry);

/* Whether the bytes are a record of their kind: what a file has may be
 * anything. */
int kpi__ledger_is_whole(const kpi__ledger_entry *entry);

/*
 * What keys and bodies have of their records. A text is read in place, with a
 * NUL behind it, NULL if it is unknown; the reader is bad if it is empty,
 * longer than `most` or no UTF-8.
 */
void kpi__ledger_put_text(kpi__buffer *out, const char *text);
const char *kpi__ledger_read_text(kpi__reader *reader, size_t most);
void kpi__ledger_read(
    const kpi__ledger_entry *entry, kpi__reader *key, kpi__reader *body);
/* All was read, and nothing was bad. */
int kpi__ledger_was_read(const kpi__reader *reader);

#endif
