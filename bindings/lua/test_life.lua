-- SPDX-License-Identifier: MIT
-- Handles that are closed, collected and in use.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, call, small, first, day =
  harness.test, harness.equal, harness.refused, harness.call, harness.small,
  harness.first, harness.day

test("what is closed raises, whatever is called", function()
  local s = small()
  local r = s:csat()
  local rows = r:rows()
  s:close()
  s:close()
  for _, name in ipairs {"begin", "commit", "rollback", "check", "info",
      "csat", "each", "repeats", "measure"} do
    refused("the store is closed", s[name], s, name == "measure" and "csat" or
      nil)
  end
  refused("the store is closed", s.add, s, {})
  refused("the store is closed", s.update, s, {})
  refused("the store is closed", s.get, s, "1")
  refused("the store is closed", s.import_queue_log, s, "x")
  equal(first(r).metric, "csat")
  r:close()
  r:close()
  refused("the result is closed", rows)
  refused("the result is closed", r.save, r)
  refused("the result is closed", r.count, r)
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

test("everything may be collected in any order", function()
  for i = 1, 200 do
    local s = small()
    local r, each = s:csat({by = "agent"}), s:each()
    local rows, again = r:rows(), s:repeats()
    if i % 2 == 0 then each() rows() again() end
    if i % 3 == 0 then s:close() end
  end
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
    end
  end
  collectgarbage("setpause", pause)
end)
