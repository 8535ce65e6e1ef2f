#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the version that include/kpi/base.h states: the one place it is kept.
sed -n 's/^#define KPI_VERSION_[MP][A-Z]* *\([0-9]*\)$/\1/p' \
    include/kpi/base.h | paste -s -d . -
