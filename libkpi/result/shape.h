/* SPDX-License-Identifier: MIT */
/* shape.h - which sums each kind of figure is made of. */
#ifndef KPI_RESULT_SHAPE_H
#define KPI_RESULT_SHAPE_H

#include "result/result.h"

/* Whether the frame has the dimension among its groups. */
int kpi__frame_groups(const kpi__frame *frame, kpi_by by);

/* NULL if the shape is one that figures can be made of in that frame; else
 * what is wrong with it, as the end of a sentence. Its text is not looked at. */
const char *kpi__shape_fault(const kpi__shape *shape, const kpi__frame *frame);

/* Whether the value is the numerator itself. */
int kpi__shape_counts(const kpi__shape *shape);

/* What numerator / denominator is multiplied by to be the value. */
double kpi__shape_scale(const kpi__shape *shape);

/* Whether figures in that frame are held against a target: all of them, or
 * those of single groups. */
int kpi__shape_judged(const kpi__shape *shape, const kpi__frame *frame);

/* Whether the value is numerator over denominator, both of which groups add up
 * to: then what a whole changes by has a part of each group. */
int kpi__shape_splits(const kpi__shape *shape);

/* The place of one of its sums among them. */
uint32_t kpi__shape_place(const kpi__shape *shape, enum kpi__sum sum);

/* How many sums the mask names. */
uint32_t kpi__shape_width(const kpi__shape *shape);

/* The length of the metric's name at the beginning of the text. */
size_t kpi__shape_name_length(const kpi__shape *shape);

#endif
