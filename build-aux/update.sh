#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes what is derived from the table of metrics and from the headers:
#     update.sh FROM TO
# reads the source tree FROM and writes below TO, which may be FROM.
set -eu
LC_ALL=C
export LC_ALL
from=$1
to=$2
table=$from/libkpi/metric/table.c
work=$from/libkpi/metric/table_work.c
quantiles=$from/libkpi/metric/quantile_table.c

# "name number" of the metrics in the table's order, what declares them, and
# "name PARAMETER" for each parameter that a metric reads.
numbers=$(
	awk '
		/^\t\t\.number = / { number = $3 + 0 }
		/^\t\t\.name = / { split($0, part, "\""); print part[2], number }
	' "$table" "$work"
	awk '
		BEGIN { count = split("p50 p75 p90 p95 p99 quantile", name, " ") }
		/^\tQUANTILES\(/ {
			split($0, part, /[(", ]+/)
			for (i = 1; i <= count; i++)
				print part[3] "_" name[i], part[2] + i - 1
		}' "$quantiles"
)
names=$(echo "$numbers" | cut -d ' ' -f 1)
declared=$(
	awk 'match($0, /\.declare = kpi__declare_[a-z_0-9]+/) {
		print substr($0, RSTART + 11, RLENGTH - 11)
	}' "$table" "$work"
	awk '/^\tQUANTILES\(/ {
		split($0, part, "\"")
		print "kpi__declare_" part[2] "_quantile"
	}' "$quantiles"
)
reads=$(awk '
	/^\t\t\.name = / { split($0, part, "\""); name = part[2] }
	/^\t\t\.reads = / { reading = 1 }
	reading {
		line = $0
		while (match(line, /KPI__[A-Z_0-9]+/)) {
			print name, substr(line, RSTART + 5, RLENGTH - 5)
			line = substr(line, RSTART + RLENGTH)
		}
	}
	/\),$/ { reading = 0 }
' "$table" "$work"
awk '
	BEGIN { count = split("p50 p75 p90 p95 p99 quantile", name, " ") }
	/^\tQUANTILES\(/ {
		split($0, part, "\"")
		time = part[2]
		reading = 1
		most = 0
	}
	reading {
		line = $0
		while (match(line, /KPI__[A-Z_0-9]+/)) {
			read[++most] = substr(line, RSTART + 5, RLENGTH - 5)
			line = substr(line, RSTART + RLENGTH)
		}
	}
	/\)\),$/ && reading {
		for (i = 1; i <= count; i++) {
			for (k = 1; k <= most; k++)
				print time "_" name[i], read[k]
			print time "_" name[i], "QUANTILE_FROM"
			print time "_" name[i], "QUANTILE_RULE"
		}
		print time "_quantile", "QUANTILE_OF"
		reading = 0
	}
' "$quantiles")

mkdir -p "$to/include/kpi" "$to/libkpi/metric" "$to/bindings/python/kpi"

{
cat <<'END'
/* SPDX-License-Identifier: MIT */
/*
 * metric.h - the metrics: a number and a function each. Written by
 * `make update` from the table of metrics: change it there.
 */
#ifndef KPI_METRIC_H
#define KPI_METRIC_H

#include <kpi/result.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Never reused: files and saved results have them. */
END
echo "$numbers" | tr '[:lower:]' '[:upper:]' | while read -r name number; do
	printf '#define KPI_METRIC_%-28s %s\n' "$name" "$number"
done
cat <<'END'

/*
 * Each measures one metric: kpi_measure() with one definition, which must be
 * of that metric (else KPI_EINVAL); NULL is its default.
 */
END
for name in $names; do
	cat <<END
KPI_API kpi_status kpi_$name(kpi_result **out,
    kpi_store *store, const kpi_query *query, const kpi_definition *definition,
    kpi_error *error) KPI_MUST_CHECK;
END
done
cat <<'END'

#ifdef __cplusplus
}
#endif

#endif
END
} >"$to/include/kpi/metric.h.new"
mv "$to/include/kpi/metric.h.new" "$to/include/kpi/metric.h"

{
cat <<'END'
/* SPDX-License-Identifier: MIT */
/*
 * declarations.h - what declares each metric. Written by `make update` from the
 * table of metrics: change it there.
 */
#ifndef KPI_METRIC_DECLARATIONS_H
#define KPI_METRIC_DECLARATIONS_H

#include <kpi/base.h>

struct kpi__claim;

END
echo "$declared" | sort -u | while read -r function; do
	printf 'kpi_status %s(\n    struct kpi__claim *claim, kpi_error *error);\n' \
	    "$function"
done
printf '\n#endif\n'
} >"$to/libkpi/metric/declarations.h.new"
mv "$to/libkpi/metric/declarations.h.new" "$to/libkpi/metric/declarations.h"

{
	echo "# Written by \`make update\`: all that lies beside it."
	echo "libkpi_inner_la_SOURCES += \\"
	find "$from/libkpi/metric" "$to/libkpi/metric" -name '*.[ch]' |
	    sed 's|.*/libkpi/metric/|	libkpi/metric/|; s/$/ \\/' | sort -u |
	    sed '$s/ .$//'
} >"$to/libkpi/metric/metric.am.new"
mv "$to/libkpi/metric/metric.am.new" "$to/libkpi/metric/metric.am"

{
cat <<'END'
/* SPDX-License-Identifier: MIT */
/* Written by `make update` from the table of metrics: change it there. */
#include <kpi/metric.h>

#include "metric/measure.h"

#define MEASURE(name, NUMBER)                                                  \
	kpi_status kpi_##name(kpi_result **out, kpi_store *store,              \
	    const kpi_query *query, const kpi_definition *definition,          \
	    kpi_error *error)                                                  \
	{                                                                      \
		return kpi__measure_one(out, store, query, definition,         \
		    KPI_METRIC_##NUMBER, error);                               \
	}

END
for name in $names; do
	number=$(echo "$name" | tr '[:lower:]' '[:upper:]')
	echo "MEASURE($name, $number)"
done
} >"$to/libkpi/metric/functions.c.new"
mv "$to/libkpi/metric/functions.c.new" "$to/libkpi/metric/functions.c"

{
cat <<'END'
/* SPDX-License-Identifier: MIT */
/* Written by `make update` from the table of metrics: change it there. */
#include "metric/parameter.h"

static const char *const readers[KPI__PARAMETERS] = {
END
echo "$reads" | sort -s -k 2,2 | awk '
	$2 != last && last != "" { printf "\",\n" }
	$2 != last { printf "\t[KPI__%s] =\n\t    \"%s", $2, $1; column = 13 }
	# A line ends with a comma, a space and a quote.
	$2 == last {
		full = column + length($1) + 5 > 80
		printf full ? ", \"\n\t    \"%s" : ", %s", $1
		column = full ? 13 : column + 2
	}
	{ last = $2; column += length($1) }
	END { printf "\",\n" }'
cat <<'END'
};

const char *
kpi__parameter_readers(int32_t parameter)
{
	return readers[parameter];
}
END
} >"$to/libkpi/metric/readers.c.new"
mv "$to/libkpi/metric/readers.c.new" "$to/libkpi/metric/readers.c"

# What Python's stubs take from the tables; the rest is written by hand.
{
cat <<'END'
# SPDX-License-Identifier: MIT
# Written by `make update` from the library's tables: change it there.
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypedDict, Unpack

from . import Result

Instant = datetime | int | float
Duration = timedelta | int | float
Bound = datetime | date | int | str
Names = str | Iterable[str]
Filter = Mapping[
    str, str | int | None | Iterable[str] | Iterable[int] | Iterable[str | None]
]
Progress = Callable[[int, int], object]

# Of a parameter; a mapping has a threshold for each queue or channel, or a
# target for each queue, channel, team or agent.
Own = Mapping[str, Any] | Mapping[str | None, Any]
Span = str | timedelta | Own
Goal = str | float | timedelta | Own

END
echo 'Metric = Literal['
echo "$names" | awk '
	{ entry = "\"" $1 "\"," }
	length(line) + length(entry) + 1 > 79 { print line; line = "" }
	{ line = (line == "" ? "    " : line " ") entry }
	END { print line }'
echo ']'
cat <<'END'

class Parameters(TypedDict, total=False):
END
# "KIND name" of each parameter, whose line may be two.
awk '
	/^\t\[KPI__[A-Z_0-9]+\] =/ { entry = ""; open = 1 }
	open { entry = entry $0 }
	open && match(entry, /[A-Z]+\("[a-z_0-9]+"/) {
		split(substr(entry, RSTART, RLENGTH), part, /[("]+/)
		print part[1], part[2]
		open = 0
	}' "$from/libkpi/metric/parameter.c" | while read -r kind name; do
	case $kind in
	CHOICE) type=str ;;
	SET) type='str | Iterable[str]' ;;
	DURATION) type='Span' ;;
	NUMBER) type='str | float' ;;
	INSTANT) type='str | datetime | int' ;;
	TARGET) type=Goal ;;
	*) type=Any ;;
	esac
	echo "    $name: $type"
done
cat <<'END'

class Rows(TypedDict, total=False):
    since: Bound | None
    until: Bound | None
    zone: str
    where: Filter | None
    where_not: Filter | None
    between: Mapping[str, tuple[Any, Any]] | None
    progress: Progress | None

class Question(Rows, Parameters, total=False):
    by: Names
    every: str | None
    week_start: int
    partition: str | None
    group_limit: int
    preset: str | None

class Fields(TypedDict, total=False):
END
awk '
	function field(text,   part, type) {
		split(text, part, "\"")
		type = text ~ /TEXT\(|TYPE_TEXT/ ? "str | int" \
		    : text ~ /INSTANT/ ? "Instant" \
		    : text ~ /DURATION/ ? "Duration" \
		    : text ~ /CODE\(/ ? "str | int" : "int | float"
		print "    " part[2] ": " type " | None"
	}
	/^const kpi__field kpi__fields/ { table = 1; next }
	table && /^};/ { field(entry); table = 0 }
	table && /^\t[A-Z_{]/ { if (entry != "") field(entry); entry = "" }
	table { entry = entry $0 }
' "$from/libkpi/store/field.c"
cat <<'END'

class Metrics:
END
for name in $names; do
	cat <<END
    def $name(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
END
done
} >"$to/bindings/python/kpi/_metric.pyi.new"
mv "$to/bindings/python/kpi/_metric.pyi.new" \
    "$to/bindings/python/kpi/_metric.pyi"

# Every function that a header declares with KPI_API, metric.h as just made.
{
cat <<'END'
/*
 * Written by `make update` from the headers. A node per release: one that
 * has shipped is never edited.
 */
KPI_0.1 {
global:
END
for header in "$from"/include/kpi/*.h; do
	case $header in
	*/metric.h) cat "$to/include/kpi/metric.h" ;;
	*) cat "$header" ;;
	esac
done | awk '
	/^KPI_API / { declaration = ""; open = 1 }
	open { declaration = declaration " " $0 }
	open && match(declaration, /kpi_[a-z0-9_]+\(/) {
		print "\t" substr(declaration, RSTART, RLENGTH - 1) ";"
		open = 0
	}' | sort
cat <<'END'
local:
	*;
};
END
} >"$to/libkpi/libkpi.map.new"
mv "$to/libkpi/libkpi.map.new" "$to/libkpi/libkpi.map"
