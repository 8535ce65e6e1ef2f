-- SPDX-License-Identifier: MIT
-- Instants, durations and parameters as people write them.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, small, first, day, start =
  harness.test, harness.equal, harness.refused, harness.failed, harness.small,
  harness.first, harness.day, harness.start

test("seconds and texts become instants", function()
  equal(kpi.instant(1541512345), start)
  equal(kpi.instant(1541512345.1236), start + 124)
  equal(kpi.instant(-0.5), -500)
  equal(kpi.instant(os.time {year = 2018, month = 11, day = 7}) % 1000, 0)
  if math.type then equal(math.type(kpi.instant(0.5)), "integer") end
  refused("seconds since 1970, as os.time() has them", kpi.instant, start)
  refused("seconds since 1970", kpi.instant, 0 / 0)
  refused("seconds since 1970", kpi.instant, 1 / 0)
  refused("instant: expected seconds, as os.time() has them, or a text, got "
    .. "table", kpi.instant, {})
end)

test("an interaction's times may be texts", function()
  local s = assert(kpi.open())
  assert(s:add {id = "1", started_at = "2018-11-06T14:52:25+01:00",
    resolved_at = "2018-11-06 13:53Z", visits = {{wait = "8s", ring = "2 s",
    talk = "3min", hold = "0ms", after_call = 10000,
    entered_at = "2018-11-06T13:52:26.5-00:00", outcome = "answered"}}})
  local back = s:get "1"
  equal(back.started_at, start)
  equal(back.resolved_at, start + 35000)
  equal(back.visits[1].entered_at, start + 1500)
  equal(back.visits[1].wait, 8000)
  equal(back.visits[1].ring, 2000)
  equal(back.visits[1].talk, 180000)
  equal(back.visits[1].hold, 0)
  equal(back.visits[1].after_call, 10000)
  assert(s:add_columns {id = {"2", "3"}, talk = {"1h", 5},
    started_at = {"2018-11-06T13:52:25Z", start}})
  equal(s:get("2").visits[1].talk, 3600000)
  equal(s:get("2").started_at, start)
  assert(s:add_activity {agent = "a", state = "ready",
    started_at = "2018-11-06T13:52:25Z", ended_at = start + 1})
  equal(assert(s:activities())().started_at, start)
end)

test("a time without its offset or unit is refused", function()
  local s = assert(kpi.open())
  local function add(t) return function() return s:add(t) end end
  local function wait(w) return add {started_at = 0, wait = w} end
  refused("bad argument #1 to 'add' (started_at: expected milliseconds since "
    .. "1970 UTC, or a time with its offset", function()
    s:add {started_at = "2018-11-06 14:52:25"}
  end)
  refused("got '2018-11-06'", add {started_at = "2018-11-06"})
  refused("got '1541512345'", add {started_at = "1541512345"})
  refused("started_at: ", add {started_at = {}})
  refused("wait: expected a whole number and its unit, ms, s, min",
    wait "8")
  for _, text in ipairs {"", "s", "8.5s", "-8s", "8  s", "8s ", "8m",
      "99999999999999999999s", "9223372036854775807s"} do
    refused(("got '%s'"):format(text), wait(text))
  end
  refused("wait is outside its range", wait "900000000000000000ms")
  refused("wait[2]: expected a whole number and its unit", s.add_columns, s,
    {started_at = {0, 0}, wait = {"8s", "8"}})
  refused("ended_at: expected milliseconds since 1970", s.add_activity, s,
    {agent = "a", state = "ready", started_at = 0, ended_at = "noon"})
  equal(s:info().interactions, 0)
end)

test("bounds of where are written as the field is", function()
  local s = small()
  local function count(bounds)
    return first(s:visits {where = {wait = bounds}}).value
  end
  equal(count {least = "8s", most = "8s"}, 2)
  equal(count {least = "6s"}, 3)
  equal(count {most = "5 s"}, 1)
  refused("where.wait: expected a whole number and its unit", count,
    {least = "6"})
  equal(first(s:contacts {where = {csat = {least = 5}}}).value, 1)
end)

test("a method that is none is told the nearest", function()
  local s = small()
  local function read(object, name) return object[name] end
  refused("there is no method 'servicelevel'; did you mean 'service_level'?",
    read, s, "servicelevel")
  refused("did you mean 'rows'?", read, s:csat(), "row")
  refused("did you mean 'text'?", read, kpi.definition "csat", "txt")
  refused("there is no method 'quux'", read, s, "quux")
  equal(s[1], nil)
  equal(s:csat()[9], nil)
end)

test("a duration of a question is no bare number", function()
  local s = small()
  local told = "expected a text with a unit, such as '30s' or '500ms', "
    .. "got the number 30"
  for _, wrong in ipairs {30, {30}, {queue = {vip = 30}}} do
    refused("service_level_threshold: " .. told, s.service_level, s,
      {service_level_threshold = wrong})
  end
  refused("where.wait: " .. told, s.visits, s, {where = {wait = {most = 30}}})
  refused("repeat_gap: " .. told, s.repeats, s, {repeat_gap = 30})
  equal(kpi.definition({"csat", csat_top = 3}):get "csat_top", "3")
end)

test("seconds are refused where milliseconds since 1970 are meant", function()
  local s = small()
  local told = ": expected milliseconds since 1970 UTC, got 1541512345, which "
    .. "seems to be seconds: give kpi.instant(1541512345)"
  local now = 1541512345
  refused("started_at" .. told, s.add, s, {started_at = now})
  refused("visits[1].entered_at" .. told, s.add, s,
    {started_at = 0, visits = {{entered_at = now}}})
  refused("started_at[2]" .. told, s.add_columns, s, {started_at = {0, now}})
  refused("ended_at" .. told, s.add_activity, s,
    {agent = "a", state = "ready", started_at = 0, ended_at = now})
  for _, name in ipairs {"from", "until_", "as_of"} do
    refused(name .. told, s.csat, s, {[name] = now})
  end
  for _, number in ipairs {315532800, 315532799999} do
    refused("seconds", s.add, s, {started_at = number})
  end
  for _, when in ipairs {315532799, 315532800000, "1975-01-01T00:00:00Z"} do
    assert(s:add {started_at = when})
  end
  equal(kpi.instant_text(kpi.instant(now)), "2018-11-06T13:52:25+00:00")
end)

test("parameters stand among the options and metrics before them", function()
  local s = small()
  local r = assert(s:measure {"service_level", {"service_level",
    preset = "icmi1"}, "csat", by = "queue", every = "month",
    service_level_threshold = "30s", zone = "Europe/Berlin"})
  local seen = {}
  for row in r:rows() do
    seen[#seen + 1] = ("%s %s %g"):format(row.group.queue, row.definition,
      row.denominator)
  end
  equal(seen[1], "sales service_level service_level_threshold=30s 2")
  equal(seen[2]:find("sales service_level service_level_denominator=", 1,
    true), 1)
  equal(#seen, 9)
  equal(first(s:service_level {by = "agent", every = "month",
    service_level_threshold = "20s", preset = "icmi1", zone = "Europe/Berlin",
    where = {channel = {"voice", "chat"}}, from = start,
    ["until"] = start + day}).group.agent, "amira")
  equal(first(s:measure {"csat", preset = "icmi1" and nil}).metric, "csat")
end)

test("a list with names or gaps is refused, not read in part", function()
  local s = small()
  refused("by: expected a list, got a table with the key 'every'", s.csat, s,
    {by = {"agent", every = "month"}})
  refused("where.queue: expected a list, got a table with the key 'agent'",
    s.csat, s, {where = {queue = {"sales", agent = "bo"}}})
  refused("service_level_numerator: expected a list", s.service_level, s,
    {service_level_numerator = {"answered_in", queue = {vip = "x"}}})
  refused("service_level_threshold: expected one value, got several",
    s.service_level, s, {service_level_threshold = {"20s", "30s"}})
  refused("visits: expected a list, got a table with the key 'queue'", s.add,
    s, {started_at = 0, visits = {queue = "support"}})
  refused("visits: expected a list, got a table with gaps", s.add, s,
    {started_at = 0, visits = {{}, [5] = {}}})
  refused("clear: expected a list, got string", s.update, s, {id = "1"},
    "csat")
  refused("clear: expected a list", s.update, s, {id = "1"}, {csat = true})
end)

test("no parameter is called as an option is", function()
  local s, all = small(), {}
  for _, parameter in ipairs(kpi.catalogue "parameters") do
    all[parameter.name] = true
  end
  local _, message = pcall(s.csat, s, {["?"] = 1})
  local n = 0
  for name in message:match("is none of ([%w_, ]*), nor"):gmatch "[%w_]+" do
    n = n + 1
    equal(all[name], nil)
  end
  equal(n, 14)
end)

test("a wrong word among options and parameters is told", function()
  local s = small()
  refused("option: 'treshold' is none of from, until", s.service_level, s,
    {treshold = "20s"})
  refused("nor a parameter of kpi.catalogue \"parameters\"", s.csat, s,
    {threshold = 1})
  refused("did you mean 'repeat_window'?", s.repeats, s, {repeat_windw = "1h"})
  refused("did you mean 'preset'?", kpi.definition, "csat", {present = "x"})
  refused("option: expected names as keys, got number", s.csat, s, {"agent"})
  refused("until: until_ is there, too", s.csat, s,
    {until_ = 1, ["until"] = 1})
  refused("'credit' concerns no metric", s.visits, s, {repeat_window = "7d"}
    and {credit = "last"})
  refused("service_level_numerator has no value", s.service_level, s,
    {service_level_numerator = {"answered_in", "answerd_out"}})
  refused("service_level_numerator: expected a string, got boolean",
    s.service_level, s, {service_level_numerator = {true}})
  refused("as_of: ", s.csat, s, {as_of = 2 ^ 60})
  refused("service_level_threshold: expected a text with a unit",
    s.service_level, s, {service_level_threshold = 1.5})
  refused("option: expected names as keys", s.measure, s, {{"csat", [true] =
    1}})
end)

test("a new file has the permissions that were asked for", function()
  local path = os.tmpname()
  os.remove(path)
  local s = assert(kpi.open(path, {permissions = "0640"}))
  local found = os.execute("ls -l '" .. path .. "' | grep -q '^-rw-r-----'")
  s:close()
  os.remove(path)
  equal(found == true or found == 0, true)
  for _, wrong in ipairs {"", "0", "000", "648", "06400", "rw"} do
    refused("permissions: expected octal digits such as '0640'", kpi.open, nil,
      {permissions = wrong})
  end
  refused("permissions: expected a string", kpi.open, nil, {permissions = 640})
end)
