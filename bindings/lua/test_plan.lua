-- SPDX-License-Identifier: MIT
-- Agents from a store's own arrivals and handle times.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, day =
  harness.test, harness.equal, harness.refused, harness.failed, harness.day

local monday = 1772409600000
local week = 7 * day
local ten = 21 -- Monday's at ten

-- Mondays at ten 40 and 20 of 3 min, Tuesdays at ten 10 of 6 min each
local function weeks()
  local s = assert(kpi.open())
  for _, d in ipairs {{0, 40, 3, "a"}, {7, 20, 3, "a"}, {1, 10, 6, "b"},
    {8, 10, 6, "b"}} do
    for i = 1, d[2] do
      assert(s:add {started_at = monday + d[1] * day + 10 * day / 24 + i,
        queue = d[4], wait = 10000, talk = d[3] * 60000,
        outcome = "answered"})
    end
  end
  return s
end

local function planned(options, store)
  options.from = options.from or monday
  options.until_ = options.until_ or monday + 2 * week
  return (store or weeks()):plan(options)
end

local function same(interval, staffing)
  for name, value in pairs(staffing) do equal(interval[name], value) end
end

test("an interval needs what its mean arrivals do", function()
  local options = {shrinkage = 0.25, max_occupancy = 0.85}
  local plan = assert(planned(options))
  equal(options.every, nil)
  equal(#plan, 336)
  equal(plan.periods, 2)
  local at = plan[ten]
  equal(at.weekday, 1)
  equal(at.minute, 600)
  equal(at.contacts, 30)
  equal(at.count, 60)
  equal(at.handle_time_ms, 180000)
  equal(at.handled, 60)
  equal(at.handled_of, "interval")
  equal(at.patience_ms, nil)
  same(at, kpi.staffing {contacts = 30, interval = "30min",
    handle_time = "3min", shrinkage = 0.25, max_occupancy = 0.85})
  equal(plan[ten + 48].handled_of, "group")
  equal(plan[ten + 48].handle_time_ms, 225000)
  equal(plan[1].agents, 0)
end)

test("each group is planned by itself", function()
  local plan = assert(planned {by = "queue", every = "hour"})
  equal(#plan, 336)
  equal(plan[168 + 35].group.queue, "b")
  equal(plan[168 + 35].handled_of, "all")
end)

test("patience is given or measured", function()
  local s = weeks()
  for i = 1, 5 do
    assert(s:add {started_at = monday + i, queue = "b", wait = 10000,
      outcome = "abandoned"})
  end
  local plan = assert(planned({patience = "measured"}, s))
  equal(plan[ten].patience_ms, 170000)
  same(plan[ten], kpi.staffing {contacts = 30, interval = "30min",
    handle_time = "3min", patience = "170s"})
  plan = assert(planned({patience = "2min", target = "abandonment",
    target_value = 0.05}, s))
  same(plan[ten], kpi.staffing {contacts = 30, interval = "30min",
    handle_time = "3min", patience = "2min", target = "abandonment",
    target_value = 0.05})
end)

test("a day is planned as it was", function()
  local plan = assert(planned {period = "day", agents = 5,
    handle_time = "200s", from = monday + week, until_ = monday + week + day})
  equal(#plan, 48)
  same(plan[ten], kpi.staffing {contacts = 20, interval = "30min",
    handle_time = "200s", agents = 5})
end)

test("what cannot be planned is refused", function()
  refused("monday 10:00: 2 agents never catch up", planned, {agents = 2})
  refused("15min, 30min or hour", planned, {every = "day"})
  refused("agents", planned, {agents = 0})
  refused("handle_time", planned, {handle_time = "0s"})
  refused("shrinkage", planned, {shrinkege = 0.3})
  failed(kpi.ENOTFOUND, planned {until_ = monday + day})
  failed(kpi.ENOTFOUND, assert(kpi.open()):plan())
end)
