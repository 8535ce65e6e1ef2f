/* SPDX-License-Identifier: MIT */
/* arrow_type.h - what a format of Arrow's interface says of an array. */
#ifndef KPI_INGEST_ARROW_TYPE_H
#define KPI_INGEST_ARROW_TYPE_H

#include <kpi/base.h>

enum kpi__arrow_kind {
	KPI__ARROW_NULL,
	KPI__ARROW_SIGNED,
	KPI__ARROW_UNSIGNED,
	KPI__ARROW_FLOAT,
	KPI__ARROW_BOOL,
	KPI__ARROW_TIMESTAMP,
	KPI__ARROW_DURATION,
	KPI__ARROW_UTF8,
	KPI__ARROW_UTF8_VIEW
};

typedef struct kpi__arrow_type {
	int kind;
	int zoned;     /* KPI__ARROW_TIMESTAMP */
	uint32_t size; /* bytes of an element, of UTF8 of an offset */
	int64_t times, parts; /* of times: ms = value * times / parts */
	int64_t buffers;      /* UTF8_VIEW: at least */
} kpi__arrow_type;

static inline int
kpi__arrow_is_text(const kpi__arrow_type *type)
{
	return type->kind == KPI__ARROW_UTF8 ||
	    type->kind == KPI__ARROW_UTF8_VIEW;
}

/* Zero, and *out unchanged, if it is none of these. */
int kpi__arrow_type_read(kpi__arrow_type *out, const char *format);

#endif
