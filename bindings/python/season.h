/* SPDX-License-Identifier: MIT */
/* season.h - a season as the package reads it: all of it, at once. */
#ifndef KPI_PYTHON_SEASON_H
#define KPI_PYTHON_SEASON_H

#include "state.h"

/* (from, until, periods, cells), group by group; NULL with an exception. */
PyObject *season_read(const struct state *state, const kpi_season *season);

#endif
