/* SPDX-License-Identifier: MIT */
#include "metric/value.h"

#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/suggestion.h"
#include "time/instant.h"

#define MILLION 1000000

static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{ "d", 86400000 },
	{ "h", 3600000 },
	{ "min", 60000 },
	{ "s", 1000 },
	{ "ms", 1 },
};

#define UNITS (sizeof(units) / sizeof(*units))

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_word(const char *text, size_t size, const char *word)
{
	return strlen(word) == size && memcmp(text, word, size) == 0;
}

static const char *
term_name(const void *ctx, size_t i)
{
	const kpi__terms *terms = ctx;

	return terms->at[i].name;
}

static kpi_status
no_term(const kpi__parameter_info *p, const char *word, size_t size,
    kpi_error *error)
{
	char quoted[KPI__QUOTE], right[KPI__SUGGESTION];

	return kpi__fail_at(error, KPI_EPARSE, p->name,
	    "%s has no value %s; %s", p->name, kpi__quote(quoted, word, size),
	    kpi__suggest(
		right, word, size, term_name, p->terms, p->terms->count));
}

/* Non-zero and unchanged if there is no such term. */
static int
find_term(int64_t *out, const kpi__terms *terms, const char *word, size_t size)
{
	for (size_t i = 0; i < terms->count; i++) {
		if (is_word(word, size, terms->at[i].name)) {
			*out = terms->at[i].value;
			return 0;
		}
	}
	return -1;
}

static kpi_status
parse_choice(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	if (find_term(out, p->terms, text, size) != 0)
		return no_term(p, text, size, error);
	return KPI_OK;
}

static kpi_status
parse_set(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	const char *at = text, *const end = text + size;
	int64_t set = 0, member = 0;

	for (;;) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *until = comma == NULL ? end : comma;

		while (at < until && *at == ' ')
			at++;
		while (until > at && until[-1] == ' ')
			until--;
		if (find_term(&member, p->terms, at, (size_t)(until - at)) != 0)
			return no_term(p, at, (size_t)(until - at), error);
		set |= member;
		if (comma == NULL)
			break;
		at = comma + 1;
	}
	*out = set;
	return KPI_OK;
}

static kpi_status
expected(const kpi__parameter_info *p, kpi_status status, const char *what,
    const char *text, size_t size, kpi_error *error)
{
	char quoted[KPI__QUOTE];

	return kpi__fail_at(error, status, p->name, "%s is %s (%s), not %s",
	    p->name, what, kpi__parameter_values(p),
	    kpi__quote(quoted, text, size));
}

static kpi_status
in_range(int64_t *out, const kpi__parameter_info *p, int64_t value,
    const char *text, size_t size, kpi_error *error)
{
	char quoted[KPI__QUOTE];

	if (value < p->least || value > p->greatest)
		return kpi__fail_at(error, KPI_EINVAL, p->name,
		    "%s is out of its range: %s, not %s", p->name,
		    kpi__parameter_values(p), kpi__quote(quoted, text, size));
	*out = value;
	return KPI_OK;
}

/* How many digits `text` begins with. */
static size_t
digits(const char *text, size_t size)
{
	size_t n = 0;

	while (n < size && is_digit(text[n]))
		n++;
	return n;
}

/* Of an integer that is too long, the greatest: no range holds it. */
static int64_t
number(const char *text, size_t count)
{
	int64_t value = INT64_MAX;

	(void)kpi__parse_int64(text, count, &value);
	return value;
}

static kpi_status
parse_duration(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	static const char what[] = "a whole number with its unit, ms, s, min, h"
				   " or d, such as 20s";
	const size_t n = digits(text, size);
	const size_t unit = n < size && text[n] == ' ' ? n + 1 : n;
	int64_t value;

	if (n == 0)
		return expected(p, KPI_EPARSE, what, text, size, error);
	value = number(text, n);
	if (n == size && value == 0)
		return in_range(out, p, 0, text, size, error);
	for (size_t i = 0; i < UNITS; i++) {
		if (!is_word(text + unit, size - unit, units[i].name))
			continue;
		if (value > INT64_MAX / units[i].ms)
			value = INT64_MAX;
		else
			value *= units[i].ms;
		return in_range(out, p, value, text, size, error);
	}
	return expected(p, KPI_EPARSE, what, text, size, error);
}

static kpi_status
parse_count(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	if (size == 0 || digits(text, size) != size)
		return expected(
		    p, KPI_EPARSE, "a whole number", text, size, error);
	return in_range(out, p, number(text, size), text, size, error);
}

/* How much of the text stands before its sign of per cent; all if it has
 * none. */
static size_t
before_percent(const char *text, size_t size)
{
	if (size == 0 || text[size - 1] != '%')
		return size;
	size--;
	return size > 0 && text[size - 1] == ' ' ? size - 1 : size;
}

/* Of integers alone: a double would not hold every millionth. */
static kpi_status
parse_millionths(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	static const char what[] = "a number of at most six decimals";
	const int negative = p->least < 0 && size > 0 && text[0] == '-';
	const char *const all = text;
	const size_t all_size = size;
	size_t whole, fraction = 0, decimals = 6;
	int64_t value, part = 0;

	if (p->is_share && before_percent(text, size) < size) {
		size = before_percent(text, size);
		decimals = 4;
	}
	if (negative) {
		text++;
		size--;
	}
	whole = digits(text, size);

	if (whole < size && text[whole] == '.') {
		fraction = digits(text + whole + 1, size - whole - 1);
		if (fraction == 0 || fraction > decimals)
			fraction = size;
	}
	if (whole == 0 || whole + (fraction > 0) + fraction != size)
		return expected(p, KPI_EPARSE, what, all, all_size, error);
	value = number(text, whole);
	if (value > INT64_MAX / MILLION - 1)
		return in_range(out, p, INT64_MAX, all, all_size, error);
	if (fraction > 0)
		part = number(text + whole + 1, fraction);
	for (; fraction < decimals; fraction++)
		part *= 10;
	for (; decimals > 0; decimals--)
		value *= 10;
	value += part;
	return in_range(
	    out, p, negative ? -value : value, all, all_size, error);
}

/* Without an offset an instant would mean another in each place. */
static kpi_status
parse_instant(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	int has_offset = 0;
	int64_t value;

	for (size_t i = sizeof("2026-10-01"); i < size; i++)
		has_offset |= strchr("Z+-", text[i]) != NULL;
	if (!has_offset ||
	    kpi__parse_instant(text, size, NULL, &value) != KPI_OK)
		return expected(p, KPI_EPARSE,
		    "a time such as 2026-10-01T00:00:00+02:00", text, size,
		    error);
	return in_range(out, p, value, text, size, error);
}

kpi_status
kpi__value_parse(int64_t *out, const kpi__parameter_info *p, const char *text,
    size_t size, kpi_error *error)
{
	static kpi_status (*const parsers[])(int64_t *,
	    const kpi__parameter_info *, const char *, size_t, kpi_error *) = {
		[KPI__KIND_COUNT] = parse_count,
		[KPI__KIND_DURATION] = parse_duration,
		[KPI__KIND_INSTANT] = parse_instant,
		[KPI__KIND_MILLIONTHS] = parse_millionths,
		[KPI__KIND_CHOICE] = parse_choice,
		[KPI__KIND_SET] = parse_set,
		[KPI__KIND_MARK] = parse_count,
	};

	if (p->automatic != NULL && is_word(text, size, p->automatic)) {
		*out = KPI__AUTOMATIC;
		return KPI_OK;
	}
	return parsers[p->kind](out, p, text, size, error);
}

static void
print_number(kpi__buffer *b, int64_t value)
{
	char text[KPI__INT64_TEXT];

	kpi__buffer_put(b, text, kpi__format_int64(text, value));
}

static void
print_duration(kpi__buffer *b, int64_t value)
{
	size_t i = 0;

	while (value % units[i].ms != 0)
		i++;
	print_number(b, value / units[i].ms);
	kpi__buffer_put_string(b, units[i].name);
}

static void
print_millionths(kpi__buffer *b, int64_t value)
{
	const int64_t size = value < 0 ? -value : value;
	int64_t part = size % MILLION, unit = MILLION / 10;

	if (value < 0)
		kpi__buffer_put_byte(b, '-');
	print_number(b, size / MILLION);
	if (part > 0)
		kpi__buffer_put_byte(b, '.');
	for (; part > 0; unit /= 10) {
		kpi__buffer_put_byte(b, (unsigned)('0' + part / unit));
		part %= unit;
	}
}

static void
print_instant(kpi__buffer *b, int64_t value)
{
	char text[KPI__INSTANT_SIZE];

	kpi__format_instant(text, NULL, value);
	kpi__buffer_put(b, text, strlen(text) - strlen("+00:00"));
	kpi__buffer_put_byte(b, 'Z');
}

static void
print_terms(kpi__buffer *b, const kpi__parameter_info *p, int64_t value)
{
	const int is_set = p->kind == KPI__KIND_SET;
	int some = 0;

	for (size_t i = 0; i < p->terms->single; i++) {
		const kpi__term *term = &p->terms->at[i];

		if (is_set ? (value & term->value) == 0 : value != term->value)
			continue;
		if (some++)
			kpi__buffer_put_byte(b, ',');
		kpi__buffer_put_string(b, term->name);
	}
}

void
kpi__value_print(kpi__buffer *b, const kpi__parameter_info *p, int64_t value)
{
	if (value == KPI__AUTOMATIC && p->automatic != NULL) {
		kpi__buffer_put_string(b, p->automatic);
		return;
	}
	switch (p->kind) {
	case KPI__KIND_DURATION:
		print_duration(b, value);
		break;
	case KPI__KIND_INSTANT:
		print_instant(b, value);
		break;
	case KPI__KIND_MILLIONTHS:
		print_millionths(b, value);
		break;
	case KPI__KIND_CHOICE:
	case KPI__KIND_SET:
		print_terms(b, p, value);
		break;
	default:
		print_number(b, value);
		break;
	}
}

void
kpi__value_hand_out(
    const kpi__buffer *b, char *text, uint64_t room, uint64_t *size)
{
	const size_t shown = b->size < room ? b->size : (size_t)room - 1;

	if (room > 0) {
		memcpy(text, b->bytes, shown);
		text[shown] = '\0';
	}
	if (size != NULL)
		*size = b->size;
}
