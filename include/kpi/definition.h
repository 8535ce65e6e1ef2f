/* SPDX-License-Identifier: MIT */
/*
 * definition.h - a metric and its parameters, as a value.
 */
#ifndef KPI_DEFINITION_H
#define KPI_DEFINITION_H

#include <kpi/base.h>
#include <kpi/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_definition kpi_definition;

/* Zero means the default. */
typedef struct kpi_definition_options {
	uint64_t size;
	const kpi_allocator *allocator; /* copied; NULL: malloc and free */
	const void *reserved; /* NULL */
} kpi_definition_options;

/* clang-format off */
#define KPI_DEFINITION_OPTIONS_INIT { sizeof(kpi_definition_options), 0, 0 }
/* clang-format on */

/*
 * The metric's default definition; `metric` is one of KPI_METRIC_ in
 * <kpi/metric.h>. `options` may be NULL. On failure *out is NULL.
 */
KPI_API kpi_status kpi_definition_new(kpi_definition **out, int32_t metric,
    const kpi_definition_options *options, kpi_error *error) KPI_MUST_CHECK;

/*
 * The definition whose canonical text this is, such as
 * "service_level service_level_threshold=30s"; KPI_EPARSE, KPI_ENOTFOUND.
 */
KPI_API kpi_status kpi_definition_parse(kpi_definition **out, const char *text,
    const kpi_definition_options *options, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_definition_free(kpi_definition *definition);

/*
 * Sets every parameter that the preset names and this metric reads, and all
 * others to their default but as_of, known_from, bounds_by, confidence, the
 * comparison and the targets, which stay, also those of single groups;
 * thresholds of single queues or channels are dropped. So set parameters after
 * it. Other metrics' parameters are passed over. KPI_ENOTFOUND names the
 * nearest preset; KPI_EINVAL if the preset says nothing about this metric.
 */
KPI_API kpi_status kpi_definition_preset(kpi_definition *definition,
    const char *preset, kpi_error *error) KPI_MUST_CHECK;

/*
 * Sets a parameter from its text: "20s", "7d", "0.95", "answered,abandoned",
 * "2026-10-01T00:00:00+02:00", "none". KPI_ENOTFOUND names the nearest
 * parameter; KPI_EPARSE and KPI_EINVAL say what was expected. A parameter
 * that the metric does not read is KPI_EINVAL. Nothing changes on failure.
 */
KPI_API kpi_status kpi_definition_set(kpi_definition *definition,
    const char *parameter, const char *value, kpi_error *error) KPI_MUST_CHECK;

/*
 * The same for the value `name` of a dimension. A threshold
 * (service_level_threshold, short_abandon_threshold) is then that of the units
 * of a queue or channel. A target (target_goal, target_ceiling) is that of the
 * rows of a queue, channel, team or agent, in results that are grouped by this
 * dimension; all other rows, the unknown one too, have the definition's, if it
 * has one. The thresholds of a definition differ by one dimension, and its
 * targets by one; the two need not be the same.
 */
KPI_API kpi_status kpi_definition_set_for(kpi_definition *definition,
    const char *parameter, kpi_by by, const char *name, const char *value,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * The value of a parameter as it is printed, in `text` of `room` bytes,
 * always NUL-terminated; *size is its full length without the NUL.
 */
KPI_API kpi_status kpi_definition_get(const kpi_definition *definition,
    const char *parameter, char *text, uint64_t room, uint64_t *size,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * The canonical text: the metric's name and, by name, each parameter that
 * differs from the metric's default. Valid until the definition changes or
 * is freed; NULL for NULL or when there is no memory.
 */
KPI_API const char *kpi_definition_text(const kpi_definition *definition);

#define KPI_FINGERPRINT_TEXT 17 /* room for a fingerprint, with its NUL */

/*
 * The canonical text in short: its 64-bit FNV-1a hash (basis
 * cbf29ce484222325, prime 100000001b3, over the bytes without the NUL) as 16
 * hexadecimal digits. The same on every machine and in every release; two
 * texts with one fingerprint are not expected, but compare texts where it
 * must not be. Valid as the text is; NULL for NULL.
 */
KPI_API const char *kpi_definition_fingerprint(
    const kpi_definition *definition);

/*
 * The definition in words: English sentences, one a line, that say what is
 * divided by what, which units are counted, when and whose they are,
 * thresholds and windows, what is left out and why, what the bounds are. Made
 * of the definition's values; each parameter that is not at its default is
 * named beside what it does. For people: the wording may change from release
 * to release. Writes to `text` of `room` bytes, always NUL-terminated; *size
 * is its full length without the NUL. KPI_EINVAL: what kpi_measure() would
 * refuse of the definition itself; KPI_ENOMEM.
 */
KPI_API kpi_status kpi_definition_words(const kpi_definition *definition,
    char *text, uint64_t room, uint64_t *size, kpi_error *error) KPI_MUST_CHECK;

/* KPI_METRIC_; 0 for NULL. */
KPI_API int32_t kpi_definition_metric(const kpi_definition *definition);

#ifdef __cplusplus
}
#endif

#endif
