/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

#define SOURCES 6

const char *const queue_names[QUEUES] = { "billing", "tech-l1", "orders",
	"sales", "tech-l2", "retention", "claims", "delivery", "returns",
	"account", "vip", "onboarding", "payments", "outage", "mobile",
	"broadband", "complaints", "partners", "spanish", "fraud" };
const char *const channel_names[CHANNELS] = { "voice", "chat", "email",
	"callback", "social", "sms" };
const char *const reason_names[REASONS] = { "invoice", "refund", "late-fee",
	"no-signal", "slow-speed", "setup", "order-status", "cancel-order",
	"new-order", "upgrade", "downgrade", "cancel-contract", "claim-new",
	"claim-status", "address", "password", "profile", "delivery-late",
	"delivery-damaged", "return-label", "payment-failed", "payment-plan",
	"outage-report", "sim-swap", "roaming", "router", "complaint",
	"partner-query", "fraud-alert", "other" };

#define COLUMN(name)                                                           \
	{                                                                      \
		offsetof(rows, name), sizeof(*((rows *)0)->name)               \
	}
static const struct column {
	size_t at, width;
} columns[] = { COLUMN(started_at), COLUMN(id), COLUMN(customer),
	COLUMN(agent), COLUMN(queue), COLUMN(channel), COLUMN(outbound),
	COLUMN(reason), COLUMN(outcome), COLUMN(resolution),
	COLUMN(transfers), COLUMN(csat), COLUMN(nps), COLUMN(ces),
	COLUMN(wait), COLUMN(talk), COLUMN(hold), COLUMN(after_call),
	COLUMN(cost) };
#undef COLUMN
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void *
column_of(const rows *r, const struct column *c)
{
	void *data;

	memcpy(&data, (const char *)r + c->at, sizeof(data));
	return data;
}

static void
set_column(rows *r, const struct column *c, void *data)
{
	memcpy((char *)r + c->at, &data, sizeof(data));
}

int
rows_make(rows *r, uint32_t count, uint64_t seed)
{
	memset(r, 0, sizeof(*r));
	r->count = count;
	for (size_t c = 0; c < COLUMNS; c++) {
		void *data = calloc(count, columns[c].width);

		if (data == NULL) {
			rows_free(r);
			return 0;
		}
		set_column(r, &columns[c], data);
	}
	if (!rows_fill(r, seed)) {
		rows_free(r);
		return 0;
	}
	return 1;
}

void
rows_free(rows *r)
{
	for (size_t c = 0; c < COLUMNS; c++)
		free(column_of(r, &columns[c]));
	memset(r, 0, sizeof(*r));
}

unsigned
month_of(int64_t at)
{
	static const uint8_t length[MONTHS] = { 31, 28, 31, 30, 31, 30, 31, 31,
		30, 31, 30, 31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	int64_t day = (at - BEGIN) / DAY;
	unsigned month = 0;

	while (month < MONTHS - 1 && day >= length[month])
		day -= length[month++];
	return month;
}

static void
shuffle(uint32_t *from, uint32_t count, random_source *source)
{
	for (uint32_t i = count; i > 1; i--) {
		const uint32_t j = (uint32_t)random_below(source, i);
		const uint32_t row = from[i - 1];

		from[i - 1] = from[j];
		from[j] = row;
	}
}

/* Which source a row is of, is a matter of chance. */
static int
part_sources(uint32_t *from, uint32_t count, random_source *source)
{
	uint8_t *of = malloc(count);
	uint32_t at = 0;

	if (of == NULL)
		return 0;
	for (uint32_t i = 0; i < count; i++)
		of[i] = (uint8_t)random_below(source, SOURCES);
	for (uint8_t s = 0; s < SOURCES; s++)
		for (uint32_t i = 0; i < count; i++)
			if (of[i] == s)
				from[at++] = i;
	free(of);
	return 1;
}

static int
reorder(rows *r, const uint32_t *from)
{
	for (size_t c = 0; c < COLUMNS; c++) {
		const size_t width = columns[c].width;
		char *old = column_of(r, &columns[c]);
		char *new = malloc(r->count * width);

		if (new == NULL)
			return 0;
		for (uint32_t i = 0; i < r->count; i++)
			memcpy(new + i * width, old + from[i] * width, width);
		set_column(r, &columns[c], new);
		free(old);
	}
	return 1;
}

int
rows_order(rows *r, int order)
{
	random_source source;
	uint32_t *from;
	int done = 1;

	if (order == AS_GENERATED || r->count == 0)
		return 1;
	random_seed(&source, 1);
	from = malloc(r->count * sizeof(*from));
	if (from == NULL)
		return 0;
	for (uint32_t i = 0; i < r->count; i++)
		from[i] = i;
	if (order == SHUFFLED)
		shuffle(from, r->count, &source);
	else
		done = part_sources(from, r->count, &source);
	done = done && reorder(r, from);
	free(from);
	return done;
}
