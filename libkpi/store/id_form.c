/* SPDX-License-Identifier: MIT */
#include "store/id_form.h"

#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "store/pack.h"

#define BATCH 1024 /* numbers that are unpacked at once */

/* Text 0, number 0, text 1, number 1, and so on to a last text. */
struct kpi__id_form {
	uint32_t count;
	uint8_t digits[KPI__ID_NUMBERS];
	uint16_t size[KPI__ID_NUMBERS + 1];
	const char *text[KPI__ID_NUMBERS + 1];
	const uint64_t *number[KPI__ID_NUMBERS];
};

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What the first id says of the others. 0: it has no number, or too many. */
static int
take_form(struct kpi__id_form *form, const char *id, uint32_t size)
{
	uint32_t at = 0, from = 0;

	memset(form, 0, sizeof(*form));
	for (;;) {
		while (at < size && !is_digit(id[at]))
			at++;
		form->text[form->count] = id + from;
		form->size[form->count] = (uint16_t)(at - from);
		if (at == size)
			return form->count > 0;
		if (form->count == KPI__ID_NUMBERS)
			return 0;
		from = at;
		while (at < size && is_digit(id[at]))
			at++;
		if (at - from > KPI__ID_DIGITS)
			return 0;
		form->digits[form->count++] = (uint8_t)(at - from);
		from = at;
	}
}

/* The numbers of an id; 0: it is of another form. Where there are other than
 * the first one's digits, `even` is no more set. */
static int
take_numbers(const struct kpi__id_form *form, const char *id, uint32_t size,
    uint64_t number[KPI__ID_NUMBERS], int even[KPI__ID_NUMBERS],
    int zero[KPI__ID_NUMBERS])
{
	uint32_t at = 0;

	for (uint32_t n = 0; n <= form->count; n++) {
		const uint32_t begin = at + form->size[n];
		uint64_t value = 0;

		if (form->size[n] > size - at ||
		    memcmp(id + at, form->text[n], form->size[n]) != 0)
			return 0;
		at = begin;
		if (n == form->count)
			break;
		while (at < size && is_digit(id[at]) &&
		    at - begin <= KPI__ID_DIGITS)
			value = value * 10 + (uint64_t)(id[at++] - '0');
		if (at == begin || at - begin > KPI__ID_DIGITS)
			return 0;
		even[n] &= at - begin == form->digits[n];
		zero[n] |= id[begin] == '0' && at - begin > 1;
		number[n] = value;
	}
	return at == size;
}

/* Number `n` of id `i` as numbers[n * count + i]; 0: they are not alike. */
static int
read_all(struct kpi__id_form *form, uint64_t *numbers, const kpi__item *ids,
    uint32_t count)
{
	int even[KPI__ID_NUMBERS], zero[KPI__ID_NUMBERS] = { 0 };
	uint64_t number[KPI__ID_NUMBERS] = { 0 };

	for (uint32_t n = 0; n < KPI__ID_NUMBERS; n++)
		even[n] = 1;
	for (uint32_t i = 0; i < count; i++) {
		const char *const id = ids->bytes + ids->offsets[i];
		const uint32_t size = ids->offsets[i + 1] - ids->offsets[i];

		if (!take_numbers(form, id, size, number, even, zero))
			return 0;
		for (uint32_t n = 0; n < form->count; n++)
			numbers[(size_t)n * count + i] = number[n];
	}
	for (uint32_t n = 0; n < form->count; n++) {
		if (!even[n] && zero[n])
			return 0;
		if (!even[n])
			form->digits[n] = 0;
	}
	return 1;
}

static size_t
longest(const struct kpi__id_form *form)
{
	size_t size = form->size[form->count];

	for (uint32_t n = 0; n < form->count; n++)
		size += (size_t)form->size[n] +
		    (form->digits[n] == 0 ? KPI__ID_DIGITS : form->digits[n]);
	return size;
}

int
kpi__id_form_put(kpi__buffer *out, const kpi__item *ids, uint32_t count)
{
	struct kpi__id_form form;
	uint64_t *numbers;
	size_t room;
	int done;

	if (ids->offsets == NULL || count == 0 ||
	    !take_form(&form, ids->bytes, ids->offsets[1]))
		return 0;
	room = (size_t)form.count * count;
	numbers = kpi__new_array(out->allocator, room, sizeof(*numbers));
	if (numbers == NULL) {
		out->status = KPI_ENOMEM;
		return 1;
	}
	done = read_all(&form, numbers, ids, count) &&
	    longest(&form) <= KPI_TEXT_MAX;
	if (done) {
		kpi__buffer_put_byte(out, form.count);
		kpi__buffer_put(out, form.digits, form.count);
		for (uint32_t n = 0; n <= form.count; n++) {
			kpi__buffer_put_varint(out, form.size[n]);
			kpi__buffer_put(out, form.text[n], form.size[n]);
		}
	}
	for (uint32_t n = 0; done && n < form.count; n++)
		kpi__pack(out, numbers + (size_t)n * count, count, 1);
	kpi__release(out->allocator, numbers, room, sizeof(*numbers));
	return done;
}

/* The form, whose texts are in `r` still; 0: it is none. */
static int
read_form(struct kpi__id_form *form, kpi__reader *r, size_t *texts)
{
	memset(form, 0, sizeof(*form));
	form->count = kpi__read_byte(r);
	if (form->count == 0 || form->count > KPI__ID_NUMBERS)
		return 0;
	for (uint32_t n = 0; n < form->count; n++) {
		form->digits[n] = (uint8_t)kpi__read_byte(r);
		if (form->digits[n] > KPI__ID_DIGITS)
			return 0;
	}
	*texts = 0;
	for (uint32_t n = 0; n <= form->count; n++) {
		const uint64_t size = kpi__read_varint(r);

		if (r->bad || size > KPI_TEXT_MAX ||
		    size > (size_t)(r->end - r->at) ||
		    !kpi__utf8_is_text((const char *)r->at, (size_t)size))
			return 0;
		form->text[n] = (const char *)r->at;
		form->size[n] = (uint16_t)size;
		r->at += size;
		*texts += size;
	}
	return longest(form) <= KPI_TEXT_MAX;
}

static uint64_t
power_of_ten(unsigned digits)
{
	uint64_t power = 1;

	while (digits-- > 0)
		power *= 10;
	return power;
}

/* 0: the bytes are no pack, or of numbers with more digits. */
static int
read_numbers(kpi__reader *r, uint64_t *numbers, uint32_t count, unsigned digits)
{
	const uint64_t end =
	    power_of_ten(digits == 0 ? KPI__ID_DIGITS : digits);
	int too_long = 0;
	kpi__unpack u;

	if (!kpi__unpack_open(&u, r->at, (size_t)(r->end - r->at), count))
		return 0;
	while (u.at < count) {
		const uint32_t at = u.at, left = count - at;
		const uint32_t n = left < BATCH ? left : BATCH;

		kpi__unpack_next(&u, numbers + at, n);
		for (uint32_t i = 0; i < n; i++)
			too_long |= numbers[at + i] >= end;
	}
	r->at = u.end;
	return !u.bad && !too_long;
}

kpi_status
kpi__id_form_read(kpi__item **out, const kpi_allocator *allocator,
    const unsigned char *bytes, size_t size, uint32_t count)
{
	kpi__reader r = { bytes, bytes + size, 0 };
	struct kpi__id_form form, *kept;
	size_t texts, numbers;
	uint64_t *number;
	kpi__item *item;
	char *text;
	int holds;

	if (!read_form(&form, &r, &texts))
		return KPI_ECORRUPT;
	numbers = (size_t)form.count * count * sizeof(*number);
	item = kpi__item_new(
	    allocator, KPI_FIELD_ID, numbers + sizeof(*kept) + texts);
	if (item == NULL)
		return KPI_ENOMEM;
	number = kpi__item_payload(item);
	kept = (struct kpi__id_form *)((char *)number + numbers);
	text = (char *)(kept + 1);
	holds = 1;
	for (uint32_t n = 0; n <= form.count; n++) {
		memcpy(text, form.text[n], form.size[n]);
		form.text[n] = text;
		text += form.size[n];
		if (n == form.count)
			break;
		form.number[n] = number;
		holds =
		    holds && read_numbers(&r, number, count, form.digits[n]);
		number += count;
	}
	if (!holds || r.at != r.end) {
		kpi__item_free(allocator, item);
		return KPI_ECORRUPT;
	}
	*kept = form;
	item->form = kept;
	*out = item;
	return KPI_OK;
}

static char *
put_number(char *to, uint64_t number, unsigned digits)
{
	char room[KPI__ID_DIGITS + 2];
	unsigned at = sizeof(room);

	do {
		room[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0);
	while (sizeof(room) - at < digits)
		room[--at] = '0';
	memcpy(to, room + at, sizeof(room) - at);
	return to + (sizeof(room) - at);
}

uint32_t
kpi__item_id(const kpi__item *ids, uint32_t i, char out[KPI_TEXT_MAX + 1])
{
	const struct kpi__id_form *const form = ids->form;
	char *to = out;

	if (form == NULL) {
		const uint32_t size = ids->offsets[i + 1] - ids->offsets[i];

		memcpy(out, ids->bytes + ids->offsets[i], size);
		out[size] = '\0';
		return size;
	}
	for (uint32_t n = 0; n <= form->count; n++) {
		memcpy(to, form->text[n], form->size[n]);
		to += form->size[n];
		if (n < form->count)
			to =
			    put_number(to, form->number[n][i], form->digits[n]);
	}
	*to = '\0';
	return (uint32_t)(to - out);
}
