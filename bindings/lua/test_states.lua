-- SPDX-License-Identifier: MIT
-- What scripts cannot do alone: tests/lua_states.c has child(), memory() and
-- threads().
local kpi = require "kpi"
local harness = require "harness"
local test, equal, failed, call, small =
  harness.test, harness.equal, harness.failed, harness.call, harness.small

-- What ends in an error of memory is nil; what does not is whole. A stack that
-- finds no room to grow is an overflow to Lua.
local survive = [[
local function try(f, ...)
  local ok, value, message, status = pcall(f, ...)
  if ok and (value ~= nil or status == nil) then return value end
  if ok then assert(status == kpi.ENOMEM, message) return nil end
  value = tostring(value)
  assert(value:find "memory" or value:find "stack overflow", value)
end
]]

local function survives(name, code)
  test(name, function()
    assert(memory(survive .. code) > 20)
  end)
end

survives("an interaction is added, or not, when memory fails", [[
local s = assert(kpi.open())
local added = 0
for i = 1, 3 do
  local done = try(s.add, s, {id = "a" .. i, started_at = 0, queue = "support",
    wait = "8s", outcome = "answered"})
  if done then added = added + 1 end
end
local back = added == 3 and try(s.get, s, "a1")
if back and try(s.update, s, {id = "a1", csat = 4}, {"nps"}) then
  back = try(s.get, s, "a1")
  assert(not back or back.csat == 4)
end
local info = try(s.info, s)
assert(not info or info.interactions == added)
]])

survives("visits and columns are added, or not, when memory fails", [[
local s = assert(kpi.open())
local added = 0
if try(s.add, s, {id = "v", started_at = 0, visits = {{queue = "a"},
    {queue = "b"}}}) then
  added = added + 1
  local back = try(s.get, s, "v")
  assert(not back or #back.visits == 2)
end
if try(s.add_columns, s, {started_at = {0, 1, 2}, queue = {"a", "b", "c"},
    wait = {1, "2s", nil}}) then
  added = added + 3
end
if try(s.batch, s, function()
  assert(s:add {id = "x", started_at = 0})
  assert(s:add {id = "y", started_at = 0})
end) then
  added = added + 2
end
try(s.add_activity, s, {agent = "a", state = "ready", started_at = 0})
try(s.add_expense, s, {started_at = 0, ended_at = 1, amount = 2, note = "x"})
local info = try(s.info, s)
assert(not info or info.interactions == added)
]])

survives("figures are right, or none, when memory fails", [[
local s = assert(kpi.open())
for i = 1, 3 do
  assert(s:add {id = "b" .. i, started_at = i, agent = "amira", csat = 5,
    wait = i * 1000, outcome = "answered"})
end
local r = try(s.measure, s, {"service_level", {"csat", csat_top = 5},
  by = "agent", every = "month", zone = "Europe/Berlin",
  where = {agent = "amira", wait = {least = "1s"}}, progress =
  function(done) return {} and done < 0 end,
  service_level_threshold = {"2s", queue = {vip = "1s"}}})
if r then
  local rows = try(r.totable, r)
  assert(not rows or #rows == 2 and rows[1].numerator == 2)
  local one = try(function() return r[2] end)
  assert(not one or one.value == 1)
  local text = try(tostring, r)
  local line = one and try(tostring, one)
  local bytes = try(r.save, r)
  local back = bytes and try(kpi.load, bytes)
  if back then try(back.merge, back, r) end
  try(r.info, r)
  r:close()
end
]])

survives("walks go over all, or end in an error, when memory fails", [[
local s = assert(kpi.open())
for i = 1, 3 do
  assert(s:add {id = "c" .. i, started_at = i, customer = "x",
    outcome = "answered"})
  assert(s:add_activity {agent = "a" .. i, state = "ready", started_at = i})
  assert(s:add_employment {agent = "a" .. i, hired_at = i})
end
local function count(...)
  local n = 0
  for _ in ... do n = n + 1 end
  return n
end
local function walk(f, ...)
  local n = try(function(...) return count(assert(f(...))) end, s, ...)
  return n
end
local n = walk(s.each, {where = {customer = "x"}})
assert(not n or n == 3)
n = walk(s.activities)
assert(not n or n == 3)
n = walk(s.employments)
assert(not n or n == 3)
n = walk(s.repeats, {repeat_edge = "include"})
assert(not n or n == 2)
local e = try(s.explain, s, "contacts", {roles = {"numerator"}})
n = e and try(function() return count(e:units()) end)
assert(not n or n == 3)
-- An iterator goes on after an error.
local next_one = try(s.activities, s)
if next_one then
  local seen = 0
  for _ = 1, 6 do
    if try(next_one) then seen = seen + 1 end
  end
  assert(seen == 3, seen)
end
]])

survives("definitions and catalogues are whole, or none, when memory fails", [[
local d = try(kpi.definition, "service_level",
  {preset = "icmi1", confidence = 0.9})
if d then
  local again = try(kpi.definition, d, {credit = "first"})
  local credit = again and try(again.get, again, "credit")
  assert(not credit or credit == "first")
  try(d.text, d)
  local text = try(d.get, d, "service_level_numerator")
  assert(not text or text:find "answered_in")
  try(function() return d == d end)
  try(tostring, d)
end
local metrics = try(kpi.catalogue, "metrics")
assert(not metrics or metrics[4].name == "service_level")
local at = try(kpi.instant, "2026-10-01", "Europe/Berlin")
assert(not at or at == 1790805600000)
try(kpi.instant_text, 0, "Europe/Berlin")
local staffing = try(kpi.staffing, {contacts = 100, interval = "30min",
  handle_time = "180s", shrinkage = 0.3})
assert(not staffing or staffing.positions == 20)
local ok, message, _, status = pcall(kpi.definition, "servicelevel")
assert(ok and status == kpi.ENOMEM or message:find "memory"
  or message:find "service_level")
]])

test("a store from before a fork is refused in the child", function()
  local path = os.tmpname()
  os.remove(path)
  for _, where in ipairs {path, false} do
    local s = assert(kpi.open(where or nil))
    assert(s:add(call "1"))
    local walk, result = assert(s:each()), assert(s:visits())
    equal(child(function()
      failed(kpi.EFORK, s:add(call "2"))
      failed(kpi.EFORK, s:visits())
      equal(result[1].value, 1)
      equal(tostring(s):match("^kpi.store") ~= nil, true)
      s:close()
      if where then
        local own = assert(kpi.open(where))
        assert(own:add(call "3"))
        own:close()
      end
    end), true)
    equal(walk().id, "1")
    assert(s:add(call "4"))
    equal(s:visits()[1].value, where and 3 or 2)
    s:close()
  end
  os.remove(path)
end)

test("states in several threads share a file, each with its own store",
  function()
    local path = os.tmpname()
    os.remove(path)
    assert(kpi.open(path)):close()
    threads([[
      local path, number = ...
      local kpi = require "kpi"
      local s = assert(kpi.open(path, {busy_ms = 60000}))
      for i = 1, 25 do
        assert(s:add {id = number .. "-" .. i, started_at = i, csat = 5})
        assert(s:csat()[1].value == 1)
      end
      s:close()
    ]], path)
    local s = assert(kpi.open(path))
    equal(s:contacts()[1].value, 100)
    s:close()
    os.remove(path)
  end)

test("a shell that a script starts leaves the store as it is", function()
  local s = small()
  local status = os.execute("exit 0")
  equal(status == true or status == 0, true)
  equal(s:visits()[1].value, 4)
end)

harness.run()
