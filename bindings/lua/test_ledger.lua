-- SPDX-License-Identifier: MIT
-- The roster and expenses, from a script's side.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, start = harness.test, harness.equal,
  harness.refused, harness.failed, harness.start

test("the roster comes by agent and hiring, as it was given", function()
  local s, seen = assert(kpi.open()), {}
  assert(s:add_employment {agent = "bo", hired_at = start})
  assert(s:add_employment {agent = "amira", hired_at = start + 5,
    left_at = start + 9, source = "hr"})
  equal(s:add_employment {agent = "bo", hired_at = start,
    left_at = start + 7}, s)
  for e in assert(s:employments()) do
    seen[#seen + 1] = table.concat({e.agent, e.hired_at - start,
      e.left_at - start, e.source or "none"}, " ")
    assert(assert(kpi.open()):add_employment(e))
  end
  equal(table.concat(seen, "; "), "amira 5 9 hr; bo 0 7 none")
  equal(s:info().employments, 2)
  local function add(t) return function() return s:add_employment(t) end end
  refused("agent is required", add {hired_at = start})
  refused("left_at", add {agent = "a", hired_at = start, left_at = start - 1})
  refused("did you mean 'left_at'", add {left_a = start})
  refused("table expected", s.add_employment, s)
  equal(s:info().employments, 2)
end)

test("expenses come by start, as they were given", function()
  local s, seen = assert(kpi.open()), {}
  assert(s:add_expense {started_at = start + 1, ended_at = start + 9,
    amount = -5, by = "team", of = "night", id = "7", source = "books",
    note = "headsets"})
  equal(s:add_expense {started_at = start, ended_at = start + 2,
    amount = 1200}, s)
  assert(s:add_expense {started_at = start, ended_at = start + 2,
    amount = 1200})
  for e in assert(s:expenses()) do
    seen[#seen + 1] = table.concat({e.started_at - start, e.ended_at - start,
      e.amount, e.by or "-", e.of or "-", e.id or "-", e.source or "-",
      e.note or "-"}, " ")
    assert(assert(kpi.open()):add_expense(e))
  end
  equal(table.concat(seen, "; "), "0 2 1200 - - - - -; " ..
    "0 2 1200 - - - - -; 1 9 -5 team night 7 books headsets")
  equal(s:info().expenses, 3)
  local function add(t) return function() return s:add_expense(t) end end
  refused("amount is required", add {started_at = start, ended_at = start + 1})
  refused("amount", add {amount = 1.5})
  refused('nearest is "queue"', add {by = "queu"})
  equal(s:info().expenses, 3)
end)

test("the roster and expenses are read from CSV", function()
  local s, path = assert(kpi.open()), os.tmpname()
  local function write(text)
    local f = assert(io.open(path, "w"))
    f:write(text)
    f:close()
  end
  write "agent,hired_at\namira,2026-10-01\n"
  equal(s:import_roster(path, {source = "hr", zone = "Europe/Berlin"}), 1)
  failed(kpi.EPARSE, s:import_expenses(path))
  write "started_at,ended_at,amount\n2026-10-01,2026-10-02,5\n"
  equal(s:import_expenses(path), 1)
  os.remove(path)
  failed(kpi.ENOTFOUND, s:import_roster(path))
  refused("did you mean 'zone'", s.import_roster, s, path, {zon = "UTC"})
  equal(assert(s:employments())().source, "hr")
  equal(assert(s:expenses())().amount, 5)
end)
