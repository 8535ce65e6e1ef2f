-- SPDX-License-Identifier: MIT
-- The module `kpi`, from a script's side. TAP on the standard output; the
-- environment names what else it reads: KPI_INCLUDE, KPI_LOG, KPI_HOOK and
-- KPI_PAGE.
local harness = require "harness"

require "test_store"
require "test_ledger"
require "test_calendar"
require "test_measure"
require "test_example"
require "test_rows"
require "test_staffing"
require "test_change"
require "test_explain"
require "test_season"
require "test_plan"
require "test_words"
require "test_life"
harness.run()
