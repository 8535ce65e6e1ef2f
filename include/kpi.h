/* SPDX-License-Identifier: MIT */
/*
 * kpi.h - umbrella header. Include this and nothing else.
 */
#ifndef KPI_H
#define KPI_H

#include <kpi/arrow.h>
#include <kpi/base.h>
#include <kpi/calendar.h>
#include <kpi/catalogue.h>
#include <kpi/change.h>
#include <kpi/chart.h>
#include <kpi/csv.h>
#include <kpi/definition.h>
#include <kpi/explain.h>
#include <kpi/interaction.h>
#include <kpi/ledger.h>
#include <kpi/metric.h>
#include <kpi/plan.h>
#include <kpi/query.h>
#include <kpi/queue_log.h>
#include <kpi/result.h>
#include <kpi/season.h>
#include <kpi/staffing.h>
#include <kpi/store.h>

#endif
