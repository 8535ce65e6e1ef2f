-- SPDX-License-Identifier: MIT
-- Business hours of queues, from a script's side.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, first =
  harness.test, harness.equal, harness.refused, harness.first

test("business hours are kept by queue, and taken back", function()
  local s, seen = assert(kpi.open()), {}
  equal(s:add_calendar {queue = "mail", time_zone = "Europe/Berlin",
    hours = "mo-fr 8:00-18:00; Dec 25,26 off"}, s)
  assert(s:add_calendar {hours = "24/7"})
  for c in assert(s:calendars()) do
    seen[#seen + 1] = table.concat({c.queue or "-", c.time_zone, c.hours}, " ")
    assert(s:add_calendar(c))
  end
  equal(table.concat(seen, "; "), "- UTC 24/7; " ..
    "mail Europe/Berlin Mo-Fr 08:00-18:00; Dec 25,Dec 26 off")
  equal(s:info().calendars, 2)
  refused('not "8-17"', function()
    return s:add_calendar {hours = "Mo-Fr 8-17"}
  end)
  assert(s:add_calendar {})
  equal(s:info().calendars, 1)
end)

test("times are measured in business hours", function()
  local s = assert(kpi.open())
  assert(s:add_calendar {queue = "mail", time_zone = "Europe/Berlin",
    hours = "Mo-Fr 08:00-18:00"})
  assert(s:add {started_at = "2026-10-23T17:30:00+02:00", queue = "mail",
    first_response_at = "2026-10-26T08:45:00+01:00"})
  equal(first(s:first_response_time {business_hours = "calendar"}).value,
    75 * 60000)
end)
