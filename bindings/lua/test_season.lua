-- SPDX-License-Identifier: MIT
-- When in the week how much comes.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, day =
  harness.test, harness.equal, harness.refused, harness.failed, harness.day

local monday = 1772409600000
local week = 7 * day
local hour = day / 24

-- Mondays at ten 4 and 2 to a, Tuesdays at eleven 3 and 3 to b
local function weeks()
  local s = assert(kpi.open())
  for _, d in ipairs {{10, 4, "a"}, {35, 3, "b"}, {178, 2, "a"},
    {203, 3, "b"}} do
    for i = 1, d[2] do
      assert(s:add {started_at = monday + d[1] * hour + i, queue = d[3],
        talk = 60000, outcome = "answered"})
    end
  end
  return s
end

local function asked(metrics, options)
  options = options or {}
  options.every = options.every or "hour"
  options.from = options.from or monday
  options.until_ = options.until_ or monday + 2 * week
  return assert(weeks():measure(metrics, options))
end

test("a season has an index for each cell of the week", function()
  local season = assert(asked("contacts"):season())
  equal(#season, 168)
  equal(season.from, monday)
  equal(season.until_, monday + 2 * week)
  equal(season.periods, 2)
  local sum = 0
  for i, cell in ipairs(season) do
    local busy = i == 11 or i == 36
    equal(cell.weekday, 1 + math.floor((i - 1) / 24))
    equal(cell.minute, (i - 1) % 24 * 60)
    equal(cell.count, busy and 6 or 0)
    equal(cell.mean, busy and 3 or 0)
    equal(cell.times, 2)
    sum = sum + cell.index
  end
  equal(math.abs(season[11].index - 84) < 1e-12, true)
  equal(math.abs(sum / 168 - 1) < 1e-12, true)
end)

test("each group has its own", function()
  local season = assert(asked("visits", {by = "queue"}):season())
  equal(#season, 336)
  equal(season[11].group.queue, "a")
  equal(season[168 + 36].group.queue, "b")
  equal(math.abs(season[168 + 36].index - 168) < 1e-12, true)
end)

test("a day is a period too", function()
  local season = assert(asked({"customers", "contacts"},
    {until_ = monday + day}):season {metric = "contacts", period = "day"})
  equal(#season, 24)
  equal(season[11].weekday, nil)
  equal(season[11].mean, 4)
end)

test("what has no season is refused", function()
  failed(kpi.ENOTFOUND, asked("contacts", {until_ = monday + 6 * day})
    :season())
  refused("15min, 30min or hour", function()
    asked("contacts", {every = "day"}):season()
  end)
  refused("not of average_handle_time", function()
    asked("average_handle_time"):season()
  end)
  refused("several metrics", function()
    asked({"contacts", "visits"}):season()
  end)
  refused("does not have it", function()
    asked("contacts"):season {metric = "visits"}
  end)
  refused("week", function() asked("contacts"):season {period = "weak"} end)
  refused("period", function() asked("contacts"):season {periot = "day"} end)
end)
