/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_type.h"

#include <string.h>

static const struct {
	const char *format; /* ending in ':': a zone follows */
	kpi__arrow_type type;
} types[] = {
	{ "n", { KPI__ARROW_NULL, 0, 0, 0, 0, 0 } },
	{ "b", { KPI__ARROW_BOOL, 0, 0, 0, 0, 2 } },
	{ "c", { KPI__ARROW_SIGNED, 0, 1, 0, 0, 2 } },
	{ "s", { KPI__ARROW_SIGNED, 0, 2, 0, 0, 2 } },
	{ "i", { KPI__ARROW_SIGNED, 0, 4, 0, 0, 2 } },
	{ "l", { KPI__ARROW_SIGNED, 0, 8, 0, 0, 2 } },
	{ "C", { KPI__ARROW_UNSIGNED, 0, 1, 0, 0, 2 } },
	{ "S", { KPI__ARROW_UNSIGNED, 0, 2, 0, 0, 2 } },
	{ "I", { KPI__ARROW_UNSIGNED, 0, 4, 0, 0, 2 } },
	{ "L", { KPI__ARROW_UNSIGNED, 0, 8, 0, 0, 2 } },
	{ "f", { KPI__ARROW_FLOAT, 0, 4, 0, 0, 2 } },
	{ "g", { KPI__ARROW_FLOAT, 0, 8, 0, 0, 2 } },
	{ "tss:", { KPI__ARROW_TIMESTAMP, 0, 8, 1000, 1, 2 } },
	{ "tsm:", { KPI__ARROW_TIMESTAMP, 0, 8, 1, 1, 2 } },
	{ "tsu:", { KPI__ARROW_TIMESTAMP, 0, 8, 1, 1000, 2 } },
	{ "tsn:", { KPI__ARROW_TIMESTAMP, 0, 8, 1, 1000000, 2 } },
	{ "tDs", { KPI__ARROW_DURATION, 0, 8, 1000, 1, 2 } },
	{ "tDm", { KPI__ARROW_DURATION, 0, 8, 1, 1, 2 } },
	{ "tDu", { KPI__ARROW_DURATION, 0, 8, 1, 1000, 2 } },
	{ "tDn", { KPI__ARROW_DURATION, 0, 8, 1, 1000000, 2 } },
	{ "u", { KPI__ARROW_UTF8, 0, 4, 0, 0, 3 } },
	{ "U", { KPI__ARROW_UTF8, 0, 8, 0, 0, 3 } },
	{ "vu", { KPI__ARROW_UTF8_VIEW, 0, 16, 0, 0, 3 } },
};

int
kpi__arrow_type_read(kpi__arrow_type *out, const char *format)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		const size_t size = strlen(types[i].format);
		const int zone = types[i].format[size - 1] == ':';

		if (strncmp(format, types[i].format, size) != 0 ||
		    (format[size] != '\0' && !zone))
			continue;
		*out = types[i].type;
		out->zoned = zone && format[size] != '\0';
		return 1;
	}
	return 0;
}
