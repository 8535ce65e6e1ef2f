-- SPDX-License-Identifier: MIT
-- How many agents and lines a load needs.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed =
  harness.test, harness.equal, harness.refused, harness.failed

local function near(value, expected)
  assert(math.abs(value - expected) <= 1e-9 * expected,
    ("%.17g is not %.17g"):format(value, expected))
end

-- 10 erlangs, with the options of another table.
local function half_an_hour(more)
  local options = {contacts = 100, interval = "30min", handle_time = "180s"}
  for name, value in pairs(more or {}) do options[name] = value end
  return options
end

test("agents are the fewest that reach the target", function()
  local s = assert(kpi.staffing(
    half_an_hour {max_occupancy = 0.85, shrinkage = 0.3}))
  equal(s.agents, 14)
  equal(s.positions, 20)
  equal(s.load, 10)
  near(s.wait_probability, 0.1741319335950498)
  near(s.service_level, 0.8883500191794669)
  near(s.speed_of_answer_ms, 7835.93701177724)
  near(s.mean_wait_ms, 7835.93701177724)
  near(s.occupancy, 0.7142857142857143)
  equal(s.abandonment, 0)
  equal(kpi.staffing(half_an_hour {max_occupancy = 0.7}).agents, 15)
  equal(kpi.staffing(half_an_hour {threshold = "20s", target_value = 0.8,
    target = "service_level"}).agents, 14)
end)

test("each target is asked by its name", function()
  local function agents(target, value, patience)
    return assert(kpi.staffing(half_an_hour {target = target,
      target_value = value, patience = patience})).agents
  end
  equal(agents("service_level", 0.9), 15)
  equal(agents("wait_probability", 0.175), 14)
  equal(agents("speed_of_answer", "8s"), 14)
  equal(agents("speed_of_answer", "7800ms"), 15)
  equal(agents("abandonment", 0.014, "5min"), 14)
  equal(agents("occupancy", 0.8), 13)
end)

test("agents are given, and people leave", function()
  local s = assert(kpi.staffing {contacts = 3.3333333333, interval = "1min",
    handle_time = "3min", patience = "5min", agents = 14})
  near(s.wait_probability, 0.14526011428835578)
  near(s.abandonment, 0.013983744121482133)
  near(s.service_level, 0.9167920918688212)
  near(s.occupancy, 0.70429732562)
end)

test("without contacts there is no figure", function()
  local s = assert(kpi.staffing(half_an_hour {contacts = 0}))
  equal(s.agents, 0)
  equal(s.service_level, nil)
  equal(s.occupancy, nil)
  equal(kpi.staffing(half_an_hour {contacts = 0, agents = 3}).occupancy, 0)
end)

test("what is wrong with a staffing is told", function()
  local function wrong(text, more)
    refused(text, kpi.staffing, half_an_hour(more))
  end
  wrong("expected is 11 at least", {agents = 10})
  wrong("agents are 0: expected is 1", {agents = 0})
  wrong("agents: expected 0 or more", {agents = -1})
  wrong("agents: expected a whole number", {agents = 13.5})
  wrong("threshold: expected a text with a unit", {threshold = 20})
  wrong("handle_time: expected a whole number and its unit",
    {handle_time = "3:00"})
  wrong("contacts: expected a number, got string", {contacts = "100"})
  wrong("patience: expected more than 0", {patience = "0s"})
  wrong("max_occupancy: expected more than 0", {max_occupancy = 0})
  wrong("target_value: expected more than 0", {target_value = 0})
  wrong("target_value is 80: expected", {target_value = 80})
  wrong("shrinkage is 1: expected", {shrinkage = 1})
  wrong("nobody abandons", {target = "abandonment", target_value = 0.1})
  wrong("did you mean 'occupancy'", {target = "ocupancy"})
  wrong("did you mean 'shrinkage'", {shrinkge = 0.3})
  wrong("target_value: expected a text with a unit",
    {target = "speed_of_answer", target_value = 9})
  refused("contacts: expected a number, got nil", kpi.staffing,
    {interval = "30min", handle_time = "180s"})
  refused("interval: expected a duration, such as '180s', got nil",
    kpi.staffing, {contacts = 1})
  failed(kpi.ELIMIT, kpi.staffing(half_an_hour {max_occupancy = 1e-9}))
end)

test("lines are the fewest with the blocking", function()
  equal(kpi.erlang_blocking(1, 2), 0.2)
  equal(kpi.erlang_blocking(0, 2), nil)
  equal(kpi.erlang_lines(10, 0.02), 17)
  refused("load is -1", kpi.erlang_blocking, -1, 2)
  refused("lines: expected a whole number", kpi.erlang_blocking, 1)
  refused("lines: expected 0 or more", kpi.erlang_blocking, 1, -2)
  refused("blocking is 1: expected", kpi.erlang_lines, 10, 1)
  failed(kpi.ELIMIT, kpi.erlang_lines(1e7, 1e-9))
end)
