-- SPDX-License-Identifier: MIT
-- Handles that are closed, collected and in use.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, call, small, first, day =
  harness.test, harness.equal, harness.refused, harness.failed, harness.call,
  harness.small, harness.first, harness.day

test("a result is a stream that is given back, once, by whoever ends it",
    function()
  local s = small()
  local result = assert(s:service_level())
  local taken, closed, left = result:arrow(), result:arrow(), result:arrow()
  result:close()
  refused('no field for the column "metric"', s.add_arrow, s, taken)
  refused("released already", s.add_arrow, s, taken)
  taken:close()
  closed:close()
  closed:close()
  refused("released already", s.add_arrow, s, closed)
  left = nil
  collectgarbage()
  refused("kpi.stream", s.add_arrow, s, "a text")
  refused("did you mean 'zone'", s.add_arrow, s, closed, {zoned = "UTC"})
  refused("closed", result.arrow, result)
  equal(s:info().interactions, 4)
end)

test("what is closed raises, whatever is called", function()
  local s = small()
  local r = s:csat()
  local rows = r:rows()
  s:close()
  s:close()
  for _, name in ipairs {"begin", "commit", "rollback", "check", "info",
      "csat", "each", "repeats", "measure", "activities", "employments",
      "expenses", "calendars"} do
    refused("the store is closed", s[name], s, name == "measure" and "csat" or
      nil)
  end
  refused("the store is closed", s.add_activity, s, {})
  refused("the store is closed", s.add_columns, s, {})
  refused("the store is closed", s.set_memory, s, 0)
  refused("the store is closed", s.set_threads, s, 2)
  refused("the store is closed", s.add, s, {})
  refused("the store is closed", s.update, s, {})
  refused("the store is closed", s.get, s, "1")
  refused("the store is closed", s.import_queue_log, s, "x")
  refused("the store is closed", s.import_csv, s, "x")
  equal(first(r).metric, "csat")
  r:close()
  r:close()
  refused("the result is closed", rows)
  refused("the result is closed", r.save, r)
  refused("the result is closed", r.count, r)
  refused("the result is closed", r.info, r)
  refused("the result is closed", r.merge, r, r)
  equal(tostring(r), "kpi.result (closed)")
  refused("kpi.store", s.info, r)
  refused("kpi.result", r.save, s)
  refused("", s.close, io.stdout)
end)

if _VERSION == "Lua 5.4" then
  test("to-be-closed variables close", function()
    local escape = assert(load [[
      local kpi = ...
      local out
      do local s <close> = kpi.open(); out = s end
      return out
    ]])
    refused("the store is closed", escape(kpi).info, escape(kpi))
  end)
end

-- A table or proxy that runs f when it is collected.
local function dying(f)
  if newproxy then
    local p = newproxy(true)
    getmetatable(p).__gc = f
    return p
  end
  return setmetatable({}, {__gc = f})
end

-- Rows enough for several parts, and for a progress worth telling.
local function many()
  local started = {}
  for i = 1, 200000 do started[i] = i * 1000 end
  return assert(assert(kpi.open()):add_columns {started_at = started})
end

test("progress is told and can end a call", function()
  local s = many()
  local calls = {
    function(f) return s:contacts {progress = f} end,
    function(f) return s:measure("csat", {progress = f}) end,
    function(f) return s:repeats {progress = f} end,
    function(f) return s:check {progress = f} end,
  }
  for _, called in ipairs(calls) do
    local last, all = -1, nil
    assert(called(function(done, total)
      assert(done >= 0 and (total == 0 or done <= total))
      last, all = done, total
    end))
    assert(last >= 0 and all)
    failed(kpi.ESTOPPED, called(function() return true end))
    refused("enough", called, function() error "enough" end)
    local ok, thrown = pcall(called, function() error(s) end)
    equal(ok, false)
    equal(thrown, s)
  end
  equal(first(s:contacts()).value, 200000)
  refused("progress: expected a function", s.csat, s, {progress = 1})
  refused("progress: expected a function", s.check, s, {progress = {}})
  refused("did you mean 'progress'", s.check, s, {progres = print})
  local log = os.getenv("KPI_LOG")
  if log then
    local seen
    assert(s:import_queue_log(log, {progress = function(done, total)
      seen = done <= total
    end}))
    equal(seen, true)
    refused("enough", kpi.open().import_queue_log, kpi.open(), log,
      {progress = function() error "enough" end})
    failed(kpi.ESTOPPED, kpi.open():import_queue_log(log,
      {progress = function() return true end}))
  end
end)

test("progress may use and close the store that is asked", function()
  local s, inner = many(), 0
  local r = assert(s:csat {progress = function()
    if inner == 0 then inner = first(s:contacts()).value end
    s:close()
  end})
  equal(inner, 200000)
  equal(first(r).state, "no data")
  refused("the store is closed", s.info, s)
  s = many()
  refused("the store is closed", s.check, s, {progress = function()
    s:close()
    s:info()
  end})
  if coroutine then
    local step = coroutine.wrap(function()
      return pcall(s.contacts, s, {progress = coroutine.yield})
    end)
    step()
  end
end)

test("everything may be collected in any order", function()
  for i = 1, 200 do
    local s = small()
    local r, each = s:csat({by = "agent"}), s:each()
    assert(s:add_activity {agent = "a", state = "ready", started_at = i})
    assert(s:add_activity {agent = "b", state = "ready", started_at = i})
    local rows, again, did = r:rows(), s:repeats(), s:activities()
    local d = kpi.definition "csat"
    if i % 2 == 0 then each() rows() again() did() s:measure(d) end
    if i % 3 == 0 then s:close() end
  end
  collectgarbage()
  collectgarbage()
end)

test("coroutines share what they are given, and may be left", function()
  local s = small()
  local r = s:visits {by = "queue"}
  local walks = {}
  for i, make in ipairs {s.each, s.repeats, s.activities} do
    walks[i] = coroutine.wrap(function()
      for c in assert(make(s, i == 2 and {repeat_edge = "include"} or nil)) do
        coroutine.yield(c)
      end
    end)
  end
  assert(s:add_activity {agent = "a", state = "ready", started_at = 0})
  equal(type(walks[1]().id), "string")
  equal(walks[2]().id, "3")
  equal(walks[3]().agent, "a")
  local next_row = r:rows()
  local first_group = coroutine.wrap(function()
    return next_row()
  end)().group.queue
  equal(first_group, "sales")
  equal(next_row().group.queue, "support")
  s:close()
  equal(walks[2](), nil)
  local own = coroutine.wrap(function()
    local mine = small()
    coroutine.yield(mine:csat())
    mine:add {started_at = 0}
  end)
  equal(own()[1].value, 0.5)
  walks, own = nil, nil
  collectgarbage()
  collectgarbage()
end)

test("a finalizer may close what is in use", function()
  collectgarbage()
  local pause = collectgarbage("setpause", 0)
  for _ = 1, 300 do
    local s = small()
    local r = s:visits({by = {"agent", "queue"}})
    local rows, each = r:rows(), s:each()
    dying(function() s:close() r:close() end)
    for i = 1, 8 do
      pcall(s.add, s, call("x" .. i))
      pcall(s.measure, s, {"csat", "nps"}, {by = "agent", every = "day"})
      pcall(each)
      pcall(rows)
      pcall(tostring, r)
      pcall(s.get, s, "1")
      pcall(r.info, r)
      pcall(s.add_columns, s, {started_at = {i, i}, queue = {"a" .. i, "b"}})
      pcall(s.add_activity, s, {agent = "a" .. i, state = "ready",
        started_at = i})
      pcall(s.activities, s)
    end
  end
  collectgarbage("setpause", pause)
end)
