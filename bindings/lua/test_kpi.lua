-- SPDX-License-Identifier: MIT
-- The module `kpi`, from a script's side. TAP on the standard output; the
-- environment names the headers (KPI_INCLUDE) and the example's log (KPI_LOG).
local harness = require "harness"

require "test_store"
require "test_measure"
require "test_rows"
require "test_words"
require "test_life"
harness.run()
