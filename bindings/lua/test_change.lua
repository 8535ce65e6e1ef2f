-- SPDX-License-Identifier: MIT
-- Changes from one period to another.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, day =
  harness.test, harness.equal, harness.refused, harness.failed, harness.day

local monday = 1772409600000
local week = 7 * day

-- queue, week, calls a day, of which within 20 s
local days = {
  {"a", 0, 10, {9, 8, 9, 10, 7, 9, 8}},
  {"b", 0, 10, {6, 7, 8, 7, 6, 7, 8}},
  {"d", 0, 10, {5, 6, 4, 5, 6, 4, 5}},
  {"a", 1, 10, {8, 7, 9, 8, 6, 7, 7}},
  {"b", 1, 10, {3, 4, 2, 5, 4, 3, 4}},
  {"c", 1, 20, {18, 19, 17, 20, 18, 16, 19}},
}

local function weeks()
  local s = assert(kpi.open())
  assert(s:batch(function()
    for _, d in ipairs(days) do
      for at, within in ipairs(d[4]) do
        for i = 1, d[3] do
          assert(s:add {started_at = monday + d[2] * week + (at - 1) * day + i,
            queue = d[1], wait = i <= within and 5000 or 40000, talk = 60000,
            outcome = "answered"})
        end
      end
    end
  end))
  return s
end

local function near(got, expected)
  if math.abs(got - expected) > 1e-12 then equal(got, expected) end
end

test("a change has a difference for each group, and one of all", function()
  local change = assert(weeks():change {"service_level", by = "queue",
    from = monday + week, until_ = monday + 2 * week})
  equal(#change, 4)
  local a, b, c, d = change[1], change[2], change[3], change[4]
  equal(a.group.queue, "a")
  equal(a.now, 52 / 70)
  equal(a.before, 60 / 70)
  equal(a.text, "-11.4 %")
  near(a.lower, -0.24394392307335636)
  equal(a.method, "Newcombe")
  equal(a.bounds_by, "contact")
  equal(a.verdict_by, "day")
  near(a.chance, 0.048929728242253095)
  near(b.adjusted, 2 * 1.4163473985414259e-5)
  equal(b.verdict, "more than noise")
  near(c.mix, 0.1)
  equal(c.now_weight, 0.5)
  equal(d.now, nil)
  equal(d.now_state, "no data")
  local whole = change.whole
  equal(whole.within + whole.mix, whole.difference)
  near(whole.within, -2 / 15)
  equal(whole.text, "+4.3 %")
  equal(whole.verdict, "within noise")
  equal(change.wholes[1], whole)
  equal(change.from, monday + week)
  equal(change.before_until, monday + week)
end)

test("the other period has a name or ends", function()
  local s = weeks()
  local range = {from = monday + week, until_ = monday + 2 * week}
  equal(s:change("visits", range)[1].difference, 70)
  range.to = "weekdays_year"
  equal(s:change("visits", range).before_from, monday + week - 364 * day)
  range.before_from, range.before_until = "2026-03-02", monday + day
  equal(s:change("visits", range).whole.before, 30)
  range.before_until = nil
  refused("both ends", s.change, s, "visits", range)
  range.before_from, range.to = nil, "previos"
  refused("did you mean 'previous'", s.change, s, "visits", range)
  refused("both ends", s.change, s, "visits")
  refused("did you mean 'before_until'", s.change, s,
    {"visits", before_unti = 1})
  refused("without buckets", s.change, s, "visits",
    {from = monday, until_ = monday + day, every = "day"})
end)

test("saved results are compared", function()
  local s = weeks()
  local function measured(number, by)
    return assert(kpi.load(s:measure {"service_level verdict_by=day", by = by,
      from = monday + number * week,
      until_ = monday + (number + 1) * week}:save()))
  end
  local now, before = measured(1, "queue"), measured(0, "queue")
  local change = assert(now:change(before))
  equal(change[2].verdict, "more than noise")
  equal(change.whole.verdict, nil)
  change = assert(now:change(before, measured(1), measured(0)))
  equal(change.whole.verdict, "within noise")
  failed(kpi.EMISMATCH, now:change(measured(0)))
  refused("result expected", now.change, now)
  before:close()
  refused("closed", now.change, now, before)
end)
