-- SPDX-License-Identifier: MIT
-- A figure opened.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed =
  harness.test, harness.equal, harness.refused, harness.failed

local start = harness.start

local function calls()
  local s = assert(kpi.open())
  for i, call in ipairs {{"late", "answered", 21000, 2}, {"in time",
      "answered", 20000, 1}, {"gone", "abandoned", 5000, 3},
      {"menu", "self_served", 0, 4}} do
    assert(s:add {id = call[1], outcome = call[2], wait = call[3],
      talk = 60000, agent = "amira", channel = i == 1 and "chat" or "voice",
      started_at = start + 1000 * call[4]})
  end
  return s
end

local function ids(units)
  local list = {}
  for unit in units do list[#list + 1] = unit.id end
  return table.concat(list, ",")
end

test("explain tells who is in a figure, and as what", function()
  local e = assert(calls():explain("service_level"))
  equal(e:count(), 4)
  local figure = e:figure()
  equal(figure.metric, "service_level")
  equal(figure.numerator, 1)
  equal(figure.denominator, 3)
  equal(figure.excluded.not_counted, 1)
  local roles = {}
  for unit in e:units() do
    roles[#roles + 1] = unit.id .. " " .. unit.role .. " " ..
      unit.outcome_class
  end
  equal(roles[1], "in time numerator answered_in")
  equal(roles[2], "late denominator answered_out")
  equal(roles[3], "gone denominator abandoned_in")
  equal(roles[4], "menu not_counted self_served")
  local first = e:units()()
  equal(first.started_at, start + 1000)
  equal(first.row, 1)
  equal(first.left_out, nil)
  equal(first.numerator, 1)
  equal(first.value, nil)
end)

test("units of an explanation are chosen by place and role", function()
  local s = calls()
  local e = assert(s:explain("service_level"))
  equal(ids(e:units(2, 2)), "late,gone")
  equal(ids(e:units(4)), "menu")
  equal(ids(e:units(5)), "")
  equal(ids(e:units(1, 0)), "")
  equal(ids(assert(s:explain("service_level",
    {roles = "excluded"})):units()), "menu")
  equal(ids(assert(s:explain("service_level",
    {roles = {"numerator", "not_counted"}})):units()), "in time,menu")
  equal(ids(assert(s:explain("average_wait",
    {where = {channel = "chat"}})):units()), "late")
  for unit in assert(s:explain "longest_wait"):units() do
    equal(unit.role == "numerator", unit.id == "late")
  end
end)

test("an explanation outlives its store, and not its close", function()
  local s = calls()
  local e = assert(s:explain("contacts"))
  assert(s:add {started_at = start})
  s:close()
  local next_one = e:units()
  equal(next_one().id, "in time")
  equal(e:count(), 4)
  e:close()
  e:close()
  refused("the explanation is closed", next_one)
  refused("the explanation is closed", e.figure, e)
end)

test("what cannot be opened is refused", function()
  local s = calls()
  refused("agents' time", s.explain, s, "occupancy")
  refused("expected a filter on one channel", s.explain, s, "channel_mix")
  failed(kpi.ENOTFOUND,
    s:explain("channel_mix", {where = {channel = "fax"}}))
  refused("numerator", s.explain, s, "contacts", {roles = "numertor"})
  refused("by", s.explain, s, "contacts", {by = "queue"})
  refused("expected one", s.explain, s, {"contacts", "visits"})
  local e = assert(s:explain("contacts"))
  refused("from 1 on", e.units, e, 0)
end)
