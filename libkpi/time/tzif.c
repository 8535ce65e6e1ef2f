/* SPDX-License-Identifier: MIT */
#include "time/tzif.h"

#include <string.h>

#define MAX_SIZE    ((size_t)1 << 20)
#define HEADER_SIZE 44
#define TYPE_SIZE   6

struct source {
	const unsigned char *at, *end;
	const char **why;
};

static kpi_status
refuse(const struct source *s, kpi_status status, const char *why)
{
	*s->why = why;
	return status;
}

static kpi_status
corrupt(const struct source *s, const char *why)
{
	return refuse(s, KPI_ECORRUPT, why);
}

static uint32_t
big32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static int64_t
signed32(uint32_t x)
{
	return x < 0x80000000u ? (int64_t)x : (int64_t)x - INT64_C(0x100000000);
}

int64_t
kpi__tzif_time(const kpi__tzif *f, size_t i)
{
	const unsigned char *const p = f->times + i * f->time_size;
	const int64_t high = signed32(big32(p));

	if (f->time_size == 4)
		return high;
	return high * INT64_C(0x100000000) + big32(p + 4);
}

int32_t
kpi__tzif_offset(const kpi__tzif *f, size_t type)
{
	return (int32_t)signed32(big32(f->types + type * TYPE_SIZE));
}

/* Points into one header and its data and steps over them. Of what they say
 * only the size is checked: of two blocks the first may be a dummy. */
static kpi_status
read_block(
    struct source *s, kpi__tzif *f, size_t time_size, unsigned char *version)
{
	const unsigned char *const h = s->at;
	uint64_t size;

	if (s->end - s->at < HEADER_SIZE || memcmp(h, "TZif", 4) != 0)
		return corrupt(s, "there is no TZif header");
	*version = h[4];
	f->time_size = time_size;
	f->utc_count = big32(h + 20);
	f->standard_count = big32(h + 24);
	f->leaps_count = big32(h + 28);
	f->times_count = big32(h + 32);
	f->types_count = big32(h + 36);
	f->names_size = big32(h + 40);
	s->at += HEADER_SIZE;

	size = (uint64_t)f->times_count * (time_size + 1) +
	    (uint64_t)f->types_count * TYPE_SIZE + f->names_size +
	    (uint64_t)f->leaps_count * (time_size + 4) + f->standard_count +
	    f->utc_count;
	if (size > (uint64_t)(s->end - s->at))
		return corrupt(s, "the data ends early");
	f->times = s->at;
	f->indices = f->times + f->times_count * time_size;
	f->types = f->indices + f->times_count;
	f->names = f->types + (size_t)f->types_count * TYPE_SIZE;
	f->marks = f->names + f->names_size + f->leaps_count * (time_size + 4);
	s->at += size;
	return KPI_OK;
}

static kpi_status
check_types(const struct source *s, const kpi__tzif *f)
{
	if (f->types_count == 0 || f->types_count > 256)
		return corrupt(s, "there are not 1 to 256 kinds of time");
	if (f->names_size == 0 || f->names[f->names_size - 1] != '\0')
		return corrupt(s, "the abbreviations do not end");
	for (size_t i = 0; i < f->types_count; i++) {
		const unsigned char *const type = f->types + i * TYPE_SIZE;
		const int32_t offset = kpi__tzif_offset(f, i);

		if (offset <= KPI__OFFSET_BELOW || offset >= KPI__OFFSET_ABOVE)
			return corrupt(s, "an offset is out of range");
		if (type[4] > 1)
			return corrupt(s, "a mark is neither 0 nor 1");
		if (type[5] >= f->names_size)
			return corrupt(s, "an abbreviation is not there");
	}
	return KPI_OK;
}

static kpi_status
check_marks(const struct source *s, const kpi__tzif *f)
{
	const size_t count = (size_t)f->standard_count + f->utc_count;

	if ((f->standard_count != 0 && f->standard_count != f->types_count) ||
	    (f->utc_count != 0 && f->utc_count != f->types_count))
		return corrupt(s, "marks and kinds of time differ in number");
	for (size_t i = 0; i < count; i++) {
		if (f->marks[i] > 1)
			return corrupt(s, "a mark is neither 0 nor 1");
	}
	return KPI_OK;
}

static kpi_status
check_times(const struct source *s, const kpi__tzif *f)
{
	for (size_t i = 0; i < f->times_count; i++) {
		if (f->indices[i] >= f->types_count)
			return corrupt(s, "a kind of time is not there");
		if (i > 0 && kpi__tzif_time(f, i) <= kpi__tzif_time(f, i - 1))
			return corrupt(s, "the times do not ascend");
	}
	return KPI_OK;
}

/* A line of its own that ends the file; an empty one is no rule. */
static kpi_status
read_rule(const struct source *s, kpi__tzif *f)
{
	const ptrdiff_t left = s->end - s->at;

	if (left < 2 || s->at[0] != '\n' || s->end[-1] != '\n')
		return corrupt(s, "its rule is not the last line");
	f->has_rule = left > 2;
	if (f->has_rule &&
	    kpi__rule_parse(
		&f->rule, (const char *)s->at + 1, (size_t)left - 2) != KPI_OK)
		return corrupt(s, "its rule is not understood");
	return KPI_OK;
}

/* Version 1 is 32-bit data alone. Later ones have it for old readers, then
 * all again with 64 bits, then the rule. */
static kpi_status
read_parts(struct source *s, kpi__tzif *f)
{
	kpi_status status;
	unsigned char version, again;

	if ((status = read_block(s, f, 4, &version)) != KPI_OK)
		return status;
	if (version > '4' && version <= '9')
		return refuse(s, KPI_EVERSION, "it is of a later version");
	if (version != '\0' && (version < '2' || version > '9'))
		return corrupt(s, "it is of no version");
	if (version == '\0')
		return s->at == s->end ? KPI_OK
				       : corrupt(s, "there is more after it");

	if ((status = read_block(s, f, 8, &again)) != KPI_OK)
		return status;
	if (again != version)
		return corrupt(s, "it is of two versions");
	return read_rule(s, f);
}

kpi_status
kpi__tzif_read(
    kpi__tzif *out, const unsigned char *bytes, size_t size, const char **why)
{
	struct source s = { bytes, bytes + size, why };
	kpi_status status;

	memset(out, 0, sizeof(*out));
	if (size > MAX_SIZE)
		return corrupt(&s, "it has more than 1 MiB");
	if ((status = read_parts(&s, out)) != KPI_OK)
		return status;
	if (out->leaps_count != 0)
		return refuse(&s, KPI_ENOTSUP, "it counts leap seconds");
	if ((status = check_types(&s, out)) != KPI_OK ||
	    (status = check_marks(&s, out)) != KPI_OK)
		return status;
	return check_times(&s, out);
}
