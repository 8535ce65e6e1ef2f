-- SPDX-License-Identifier: MIT
-- Rows of results, and what tostring() says.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, small, first, start =
  harness.test, harness.equal, harness.refused, harness.failed, harness.small,
  harness.first, harness.start

local function same(a, b)
  equal(type(a), type(b))
  if type(a) ~= "table" then return equal(a, b) end
  for k, v in pairs(a) do same(v, b[k]) end
  for k in pairs(b) do assert(a[k] ~= nil, k) end
end

test("rows come in turn, by place and as a list", function()
  local r = assert(small():measure {"service_level", "csat", by = "queue",
    every = "month"})
  local list = r:totable()
  equal(#list, 6)
  equal(#r, 6)
  equal(r:count(), 6)
  local i = 0
  for row in r:rows() do
    i = i + 1
    same(row, list[i])
    same(row, r[i])
  end
  equal(i, 6)
  equal(r[0], nil)
  equal(r[-1], nil)
  equal(r[7], nil)
  equal(r[2 ^ 53], nil)
  equal(r[1.5], nil)
  refused("there is no method 'nonsense'", function() return r.nonsense end)
  equal(r[true], nil)
  equal(type(r.rows), "function")
  r:close()
  refused("the result is closed", function() return r[1] end)
  refused("the result is closed", r.totable, r)
  equal(#assert(kpi.open()):csat {by = "agent"}:totable(), 0)
  local next_row = assert(kpi.open()):csat {by = "agent"}:rows()
  equal(next_row(), nil)
  equal(next_row(), nil)
end)

if _VERSION ~= "Lua 5.1" and _VERSION ~= "Lua 5.2" then
  test("ipairs goes over a result", function()
    local n = 0
    for i, row in ipairs(small():visits {by = "queue"}) do
      equal(row.metric, "visits")
      n = i
    end
    equal(n, 2)
  end)
end

test("a row has its unit, and its date in the result's zone", function()
  local r = assert(small():measure {"service_level", "average_handle_time",
    every = "month", zone = "Europe/Berlin"})
  equal(r[1].date, "2018-11-01T00:00:00+01:00")
  equal(kpi.instant(r[1].date), r[1].time)
  equal(r[1].unit, "share")
  equal(r[2].unit, "ms")
  equal(small():csat()[1].date, nil)
  for _, metric in ipairs(kpi.catalogue "metrics") do
    equal(small():measure(metric.name)[1].unit, metric.unit)
  end
  local back = assert(kpi.load(r:save()))
  same(back:totable(), r:totable())
  equal(small():visits {every = "hour"}[1].date, "2018-11-06T13:00:00+00:00")
  failed(kpi.ENOTFOUND, kpi.load(r:save(), {zone_directory = "/nowhere"}))
  refused("did you mean 'zone_directory'", kpi.load, "", {zone_directry = ""})
end)

test("values and bounds are texts for people", function()
  local s = small()
  local row = s:service_level()[1]
  equal(row.text, "50.0 %")
  equal(row.bounds, "15.0\226\128\14785.0 %")
  equal(s:average_speed_of_answer()[1].text:match "%.%d s$" ~= nil, true)
  equal(s:nps()[1].text, "no data")
  equal(s:nps()[1].bounds, nil)
end)

test("limits of a control chart stand around mean or median", function()
  local limits = assert(kpi.control_limits {3, 4, 5})
  equal(limits.centre, 4)
  equal(math.floor(1000 * limits.lower + 0.5), 1340)
  equal(math.floor(1000 * limits.range_limit + 0.5), 3268)
  limits = assert(kpi.control_limits({10, 12, 11, 1000, 11, 13}, "median"))
  equal(limits.centre, 11.5)
  limits = assert(kpi.control_limits {1, 2, 0 / 0, 100, 103, n = 5})
  equal(limits.values, 4)
  equal(limits.ranges, 2)
  failed(kpi.ENOTFOUND, kpi.control_limits {5})
  failed(kpi.ENOTFOUND, kpi.control_limits {})
  refused("expected mean or median", kpi.control_limits, {1, 2}, "mode")
  refused("expected 0 to 1000000", kpi.control_limits, {1, 2, n = -1})
end)

-- One letter a value: '.' none, o outside, r range, u run, in this order.
local function letters(signals)
  local all = {}
  for i, s in ipairs(signals) do
    local text = (s.outside and "o" or "") .. (s.range and "r" or "")
      .. (s.run and "u" or "")
    all[i] = text == "" and "." or text
  end
  return table.concat(all, " ")
end

test("values signal what is outside, far from the one before, in a run",
  function()
  local weeks = {3.1, 3.4, 2.9, 3.3, 3.0, 3.2, 6.9, 3.1, 3.5, n = 10}
  local limits = assert(kpi.control_limits(weeks, "median"))
  equal(letters(assert(kpi.control_signals(limits, weeks))),
    ". . . . . . or r . .")
  local later = {3.3, 3.4, 3.3, 3.4, 3.3, 3.4, 3.3}
  equal(letters(kpi.control_signals(limits, later)), ". . . . . . .")
  equal(letters(kpi.control_signals(limits, later, 7)), "u u u u u u u")
  later[8] = 9
  equal(letters(kpi.control_signals(limits, later)), "u u u u u u u oru")
  equal(letters(kpi.control_signals(limits, {9, nil, -9, n = 3})), "o . o")
  equal(#kpi.control_signals(limits, {}), 0)
  refused("chart_run is 21: expected is 5 to 20", kpi.control_signals,
    limits, later, 21)
  refused("chart_run is 4", kpi.control_signals, limits, later, 4)
  refused("whole number", kpi.control_signals, limits, later, 7.5)
  refused("whole number", kpi.control_signals, limits, later, "x")
  refused("table expected", kpi.control_signals, limits)
  limits.range_limit = nil
  refused("range_limit: expected a number", kpi.control_signals, limits, later)
end)

test("no data is no value and a state", function()
  local row = assert(kpi.open()):csat()[1]
  equal(row.value, nil)
  equal(row.state, "no data")
  equal(row.denominator, 0)
  equal(tostring(row), "csat no data")
end)

test("everything says what it is", function()
  local s = small()
  equal(tostring(s), "kpi.store in memory (4 interactions, 4 visits)")
  local r = s:measure {"service_level", "average_speed_of_answer", "visits",
    by = {"queue", "channel"}, every = "month"}
  equal(tostring(r[1]), "service_level queue=sales channel=chat "
    .. "2018-11-01T00:00:00+00:00 0.0 % (0 of 1)")
  equal(tostring(r[2]), "average_speed_of_answer queue=sales channel=chat "
    .. "2018-11-01T00:00:00+00:00 30.0 s")
  equal(tostring(r[3]),
    "visits queue=sales channel=chat 2018-11-01T00:00:00+00:00 1")
  equal(tostring(s:service_level()[1]), "service_level 50.0 % (2 of 4)")
  equal(tostring(s:nps()[1]), "nps no data")
  equal(tostring(r), r:text())
  s:close()
  equal(tostring(s), "kpi.store (closed)")
  local path = os.tmpname()
  os.remove(path)
  s = assert(kpi.open(path))
  equal(tostring(s), "kpi.store " .. path .. " (0 interactions, 0 visits)")
  s:close()
  os.remove(path)
end)

test("a row is a table of its own, whatever is written into it", function()
  local row = small():service_level()[1]
  row.metric, row.group, row.value, row.unit, row.date = nil, 5, "x", {}, print
  equal(type(tostring(row)), "string")
  equal(getmetatable(row).__tostring ~= nil, true)
  equal(first(small():visits()).time, nil)
end)

test("results merge with themselves and others", function()
  local r = small():visits()
  equal(r[1].value, 4)
  equal(assert(r:merge(r))[1].value, 8)
  equal(r:info().groups, 1)
  equal(start > 0, true)
end)
