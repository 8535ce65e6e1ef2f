/* SPDX-License-Identifier: MIT */
/* tzif_bytes.h - TZif files made by hand, and the zones they make. */
#ifndef KPI_TESTS_TZIF_BYTES_H
#define KPI_TESTS_TZIF_BYTES_H

#include <check.h>
#include <string.h>

#include "base/memory.h"
#include "time/instant.h"
#include "time/zone.h"

/* From an instant in seconds on, so many seconds east. */
struct change {
	int64_t at;
	int32_t offset;
};

#define TZIF_ROOM 8192

static inline unsigned char *
put_big(unsigned char *p, int64_t value, int size)
{
	for (int i = size - 1; i >= 0; i--)
		*p++ = (unsigned char)((uint64_t)value >> (8 * i));
	return p;
}

static inline unsigned char *
put_block(unsigned char *p, char version, int size, int32_t before,
    const struct change *changes, size_t count)
{
	memset(p, 0, 44);
	memcpy(p, "TZif", 4);
	p[4] = (unsigned char)version;
	(void)put_big(p + 32, (int64_t)count, 4);
	(void)put_big(p + 36, (int64_t)count + 1, 4);
	(void)put_big(p + 40, 4, 4);
	p += 44;
	for (size_t i = 0; i < count; i++)
		p = put_big(p, changes[i].at, size);
	for (size_t i = 0; i < count; i++)
		*p++ = (unsigned char)(i + 1);
	for (size_t i = 0; i <= count; i++) {
		p = put_big(p, i == 0 ? before : changes[i - 1].offset, 4);
		*p++ = 0;
		*p++ = 0;
	}
	memcpy(p, "ABC", 4);
	return p + 4;
}

/* Version '\0' is 32-bit data alone; later ones have an empty block first and
 * the rule last. */
static inline size_t
make_tzif(unsigned char out[TZIF_ROOM], char version, int32_t before,
    const struct change *changes, size_t count, const char *rule)
{
	unsigned char *p = out;

	if (version == '\0')
		return (
		    size_t)(put_block(p, version, 4, before, changes, count) -
		    out);
	p = put_block(p, version, 4, 0, NULL, 0);
	p = put_block(p, version, 8, before, changes, count);
	*p++ = '\n';
	memcpy(p, rule, strlen(rule));
	p += strlen(rule);
	*p++ = '\n';
	return (size_t)(p - out);
}

/* A file of two changes and a rule that go together. */
static inline size_t
sound_file(unsigned char out[TZIF_ROOM])
{
	static const struct change changes[] = {
		{ 1000000000, 7200 },
		{ 1004230800, 3600 },
	};

	return make_tzif(
	    out, '3', 1172, changes, 2, "CET-1CEST,M3.5.0,M10.5.0/3");
}

/* A zone that must be sound. */
static inline kpi__zone *
make_zone(int32_t before, const struct change *changes, size_t count,
    const char *rule)
{
	unsigned char bytes[TZIF_ROOM];
	kpi_error error = KPI_ERROR_INIT;
	kpi__zone *zone;

	ck_assert_msg(kpi__zone_parse(&zone, rule, bytes,
			  make_tzif(bytes, '3', before, changes, count, rule),
			  &kpi__default_allocator, &error) == KPI_OK,
	    "%s", error.text);
	return zone;
}

/* An instant as text. */
static inline int64_t
instant(const char *text)
{
	int64_t utc_ms = 0;

	ck_assert_msg(
	    kpi__parse_instant(text, strlen(text), NULL, &utc_ms) == KPI_OK,
	    "%s", text);
	return utc_ms;
}

#endif
