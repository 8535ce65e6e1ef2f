-- SPDX-License-Identifier: MIT
-- Stores and records, from a script's side.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, call, small, first, day, start =
  harness.test, harness.equal, harness.refused, harness.failed, harness.call,
  harness.small, harness.first, harness.day, harness.start

test("the module names its version and the statuses", function()
  equal(kpi.version:match("^%d+%.%d+%.%d+$"), kpi.version)
  equal(kpi.ENOTFOUND, -4)
  local include = os.getenv("KPI_INCLUDE")
  if include then
    local seen = 0
    for line in io.lines(include .. "/kpi/base.h") do
      local name, number = line:match("^#define KPI_([EO][A-Z]+) +%(?(-?%d+)")
      if name then
        seen = seen + 1
        equal(kpi[name], tonumber(number))
      end
    end
    assert(seen > 15, "statuses in base.h")
  end
end)

test("the catalogue lists the library's tables", function()
  local metrics = kpi.catalogue "metrics"
  equal(metrics[4].name, "service_level")
  equal(metrics[4].number, 4)
  assert(#metrics[4].sentence > 0)
  for _, name in ipairs {"fields", "dimensions", "parameters", "presets",
      "outcomes", "buckets", "states", "directions", "transfers",
      "activities", "verdicts"} do
    assert(#kpi.catalogue(name) > 0, name)
  end
  refused("did you mean 'metrics'", kpi.catalogue, "metrix")
  refused("none of fields, dimensions", kpi.catalogue, "zebra")
end)

local samples = {
  instant = start, duration = 1500, count = 3, flag = true, mark = 5,
  money = -1250, code = 2, text = "é €",
}
local named = {direction = "outbound", outcome = "voicemail",
  transfer = "attended"}

test("every field of the catalogue goes in and comes out", function()
  local interaction, visit = {}, {}
  for _, field in ipairs(kpi.catalogue "fields") do
    local t = field.relation == "visit" and visit or interaction
    t[field.name] = named[field.name] or samples[field.kind]
    assert(t[field.name] ~= nil, field.name)
  end
  interaction.visits = {visit}
  local s = assert(kpi.open())
  assert(s:add(interaction))
  local back = assert(s:get(interaction.id, interaction.source))
  for name, value in pairs(interaction) do
    if name ~= "visits" then equal(back[name], value) end
  end
  equal(#back.visits, 1)
  for name, value in pairs(visit) do equal(back.visits[1][name], value) end
  local other = assert(kpi.open())
  assert(other:add(back))
end)

test("what is unknown has no key", function()
  local s = assert(kpi.open())
  assert(s:add {id = "a", started_at = 0})
  local back = s:get "a"
  equal(back.started_at, 0)
  equal(back.customer, nil)
  equal(back.csat, nil)
  equal(back.resolved, nil)
  assert(s:add {id = "b", started_at = 0, resolved = false})
  equal(s:get("b").resolved, false)
end)

test("a single visit's fields may stand in the interaction", function()
  local s = small()
  local visits = s:get("3").visits
  equal(#visits, 1)
  equal(visits[1].agent, "bo")
  equal(visits[1].outcome, "answered")
end)

test("several visits keep their order", function()
  local s = assert(kpi.open())
  assert(s:add {id = "1", started_at = start, visits = {
    {queue = "a", outcome = "overflowed", wait = 1},
    {queue = "b", outcome = "answered", wait = 2, transfer = "blind"},
    {queue = "c", outcome = "abandoned", wait = 3}}})
  local queues = {}
  for _, v in ipairs(s:get("1").visits) do queues[#queues + 1] = v.queue end
  equal(table.concat(queues), "abc")
  equal(s:info().visits, 3)
end)

test("a wrong key or value is refused and named", function()
  local s = assert(kpi.open())
  local function add(t) return function() return s:add(t) end end
  refused("agent", add {started_at = 0, agnet = "x"})
  refused("visits[2].agnet", add {started_at = 0, visits = {{}, {agnet = ""}}})
  refused("answered", add {started_at = 0, outcome = "answerd"})
  refused("got 1.5", add {started_at = 1.5})
  refused("whole number", add {started_at = 2 ^ 63})
  refused("whole number", add {started_at = 0 / 0})
  refused("id: expected a string, got number", add {started_at = 0, id = 7})
  refused("NUL", add {started_at = 0, id = "a\0b"})
  refused("key: expected the name", add {started_at = 0, "x"})
  refused("visits: expected a list", add {started_at = 0, visits = 1})
  refused("number 2 is no table", add {started_at = 0, visits = {{}, 3}})
  refused("belongs into one of the visits",
    add {started_at = 0, wait = 1, visits = {{}}})
  refused("whole interaction", add {started_at = 0, visits = {{csat = 1}}})
  refused("started_at", add {id = "1"})
  refused("csat", add {started_at = 0, csat = 99})
  refused("table expected", s.add, s)
  equal(s:info().interactions, 0)
end)

test("whole numbers stay exact or are refused", function()
  local s = assert(kpi.open())
  assert(s:add {id = "1", started_at = 0, cost = 2 ^ 53})
  equal(s:get("1").cost, 2 ^ 53)
  if math.type then
    assert(s:add {id = "2", started_at = 0, cost = math.maxinteger})
    equal(s:get("2").cost, math.maxinteger)
    equal(math.type(s:get("1").cost), "integer")
    refused("cost", s.add, s, {started_at = 0, cost = math.mininteger})
  else
    refused("2^53", s.add, s, {started_at = 0, cost = 2 ^ 54})
  end
end)

test("an id that is there is an error or an update", function()
  local s = assert(kpi.open())
  equal(s:add(call "1"), s)
  failed(kpi.EEXISTS, s:add(call "1"))
  local u = assert(kpi.open(nil, {if_exists = "update"}))
  assert(u:add(call "1"))
  assert(u:add(call("1", {csat = 2})))
  equal(u:get("1").csat, 2)
  equal(u:info().interactions, 1)
end)

test("update changes what is given and clears what is named", function()
  local s = small()
  assert(s:update({id = "1", nps = 9}, {"csat"}))
  local back = s:get "1"
  equal(back.nps, 9)
  equal(back.csat, nil)
  equal(back.customer, "c-1")
  equal(back.visits[1].agent, "amira")
  failed(kpi.ENOTFOUND, s:update {id = "none", nps = 1})
  refused("csat", s.update, s, {id = "1"}, {"cast"})
end)

test("delete and get say when there is none", function()
  local s = assert(kpi.open())
  assert(s:add(call("1", {source = "pbx"})))
  failed(kpi.ENOTFOUND, s:get "1")
  failed(kpi.ENOTFOUND, s:delete "1")
  equal(s:get("1", "pbx").source, "pbx")
  equal(s:delete("1", "pbx"), s)
  failed(kpi.ENOTFOUND, s:get("1", "pbx"))
  refused("id: expected a string", s.get, s, 1)
end)

test("who is erased has no name and keeps the calls", function()
  local s = assert(kpi.open())
  assert(s:add(call("1", {customer = "c-1"})))
  equal(s:erase_customer "c-1", s)
  equal(s:get("1").customer, "(erased)")
  failed(kpi.ENOTFOUND, s:erase_customer "c-1")
  refused("customer: expected a string", s.erase_customer, s, {})
end)

test("a batch is kept or lost as a whole", function()
  local s = assert(kpi.open())
  failed(kpi.EORDER, s:commit())
  assert(s:begin():add(call "1"):add(call "2"))
  failed(kpi.EORDER, s:begin())
  assert(s:rollback())
  equal(s:info().interactions, 0)
  assert(s:begin())
  assert(s:add(call "1"))
  assert(s:commit())
  equal(s:info().interactions, 1)
end)

test("a batch around a function is lost if the function raises", function()
  local s = assert(kpi.open())
  equal(s:batch(function(b)
    equal(b, s)
    assert(b:add(call "1"))
    assert(b:add(call "2"))
  end), s)
  equal(s:info().interactions, 2)
  refused("enough", s.batch, s, function(b)
    assert(b:add(call "3"))
    error "enough"
  end)
  equal(s:info().interactions, 2)
  refused("id is there", s.batch, s, function(b)
    assert(b:add(call "3"))
    assert(b:add(call "1"), "id is there")
  end)
  equal(s:info().interactions, 2)
  failed(kpi.EORDER, s:begin():batch(error))
  assert(s:rollback())
  failed(kpi.EORDER, s:batch(function(b) assert(b:commit()) end))
  refused("mine", s.batch, s, function(b) assert(b:rollback()) error "mine" end)
  refused("function expected", s.batch, s)
  refused("the store is closed", s.batch, s, s.close)
  refused("the store is closed", s.batch, s, print)
end)

test("columns add what rows add", function()
  local rows, columns = assert(kpi.open()), assert(kpi.open())
  local names = {"started_at", "id", "wait", "queue", "outcome", "resolved"}
  local list = {
    {start, "a", 8000, "support", "answered", true},
    {start + 1, "b", nil, nil, "abandoned", false},
    {start + 2, "c", 0, "sälés", nil, nil},
    {start + 3, "d", nil, nil, nil, nil},
  }
  local given = {}
  for i, name in ipairs(names) do
    given[name] = {}
    for row = 1, #list do given[name][row] = list[row][i] end
  end
  for _, row in ipairs(list) do
    local t = {}
    for i, name in ipairs(names) do t[name] = row[i] end
    assert(rows:add(t))
  end
  equal(columns:add_columns(given), columns)
  equal(columns:info().interactions, 4)
  for _, id in ipairs {"a", "b", "c", "d"} do
    local a, b = columns:get(id), rows:get(id)
    for _, name in ipairs {"started_at", "resolved"} do
      equal(a[name], b[name])
    end
    for _, name in ipairs {"wait", "queue", "outcome"} do
      equal(a.visits[1][name], b.visits[1][name])
    end
  end
  equal(columns:add_columns {started_at = {}}, columns)
  equal(columns:info().interactions, 4)
end)

test("columns that are wrong are refused by row, and none is added", function()
  local s = assert(kpi.open())
  local function add(t) return function() return s:add_columns(t) end end
  refused("started_at: expected a list, got nil", add {queue = {"a"}})
  refused("queue: expected a list, got string",
    add {started_at = {0}, queue = "a"})
  refused("queue: has more rows than started_at, which has 1",
    add {started_at = {0}, queue = {"a", "b"}})
  refused("queue[2]: expected a string, got number",
    add {started_at = {0, 0}, queue = {"a", 2}})
  refused("queue[1]: the string has a NUL",
    add {started_at = {0}, queue = {"a\0"}})
  refused("wait[2]: expected a whole number", add {started_at = {0, 0},
    wait = {1, 1.5}})
  refused("wait[1]: expected a whole number, got boolean",
    add {started_at = {0}, wait = {false}})
  refused("outcome[1]: ", add {started_at = {0}, outcome = {"answerd"}})
  refused("queue", add {started_at = {0}, qeue = {"a"}})
  refused("row 2: ", add {started_at = {0, 0, 0}, csat = {5, 99, 5}})
  refused("table expected", s.add_columns, s)
  failed(kpi.EEXISTS, s:add_columns {started_at = {0, 0}, id = {"1", "1"}})
  equal(s:info().interactions, 0)
end)

test("activities come by agent and start, as they were given", function()
  local s, seen = assert(kpi.open()), {}
  local hour = 3600000
  assert(s:add_activity {agent = "bo", state = "break", started_at = start})
  assert(s:add_activity {agent = "amira", state = "ready", source = "west",
    started_at = start, ended_at = start + hour})
  equal(s:add_activity {agent = "bo", state = "break", started_at = start,
    ended_at = start + 1}, s)
  for a in assert(s:activities()) do
    seen[#seen + 1] = table.concat({a.agent, a.state, a.started_at - start,
      a.ended_at - start, a.source or "none"}, " ")
  end
  equal(table.concat(seen, "; "),
    "amira ready 0 3600000 west; bo break 0 1 none")
  equal(s:info().activities, 2)
  local next_one = assert(s:activities())
  local back = next_one()
  assert(assert(kpi.open()):add_activity(back))
  s:close()
  equal(next_one().agent, "bo")
  equal(next_one(), nil)
  equal(next_one(), nil)
  for _ in assert(kpi.open():activities()) do error "an empty store" end
end)

test("an activity that is wrong is refused by its field", function()
  local s = assert(kpi.open())
  local function add(t) return function() return s:add_activity(t) end end
  refused("agent is required", add {state = "ready", started_at = 0})
  refused("state is required", add {agent = "a", started_at = 0})
  refused("started_at is required", add {agent = "a", state = "ready"})
  refused("ended_at", add {agent = "a", state = "ready", started_at = 5,
    ended_at = 4})
  refused("ready", add {agent = "a", state = "redy", started_at = 0})
  refused("did you mean 'agent'", add {agnet = "a"})
  refused("agent: expected a string", add {agent = 5})
  refused("table expected", s.add_activity, s)
  equal(s:info().activities, 0)
end)

test("each walks over the interactions that are selected", function()
  local s, seen = small(), {}
  for c in assert(s:each()) do seen[c.id] = c end
  assert(seen["1"] and seen["2"] and seen["3"] and seen["4"])
  equal(seen["1"].visits[1].talk, 190000)
  local n = 0
  for c in assert(s:each {where = {queue = "sales"}}) do
    equal(c.visits[1].queue, "sales")
    n = n + 1
  end
  equal(n, 2)
  local next_one = assert(s:each())
  s:close()
  n = 0
  for _ in next_one do n = n + 1 end
  equal(n, 4)
  equal(next_one(), nil)
  refused("did you mean 'until'", small().each, small(), {untill = 0})
end)

test("repeats lists the contacts that came again", function()
  local s, list = small(), {}
  assert(s:add {id = "5", started_at = start + 20 * day})
  for r in assert(s:repeats {repeat_edge = "include"}) do
    list[#list + 1] = r
  end
  equal(#list, 1)
  equal(list[1].id, "3")
  equal(list[1].earlier_id, "1")
  equal(list[1].first_id, "1")
  equal(list[1].customer, "c-1")
  equal(list[1].gap, day)
  equal(list[1].started_at, start + day)
  for _ in assert(s:repeats {repeat_window = "1h",
      repeat_edge = "include"}) do
    error "none came again within an hour"
  end
end)

test("a file is kept, and opened as the options say", function()
  local path = os.tmpname()
  os.remove(path)
  failed(kpi.ENOTFOUND, kpi.open(path, {must_exist = true}))
  local s = assert(kpi.open(path))
  assert(s:add(call "1"))
  s:close()
  failed(kpi.EEXISTS, kpi.open(path, {must_create = true}))
  s = assert(kpi.open(path, {read_only = true, memory = 2 ^ 20, busy_ms = -1}))
  equal(s:get("1").customer, "c-1")
  equal(s:check(), s)
  failed(kpi.EREADONLY, s:add(call "2"))
  s:close()
  for _, suffix in ipairs {"", "-wal", "-shm"} do os.remove(path .. suffix) end
end)

test("a file that another wrote is accepted when it is resealed", function()
  local path = os.tmpname()
  os.remove(path)
  local s = assert(kpi.open(path))
  assert(s:add(call "1"))
  assert(s:begin())
  failed(kpi.EBUSY, kpi.reseal(path))
  s:close()
  -- In the number of the SQLite that wrote last, which none reads.
  local file = assert(io.open(path, "r+b"))
  file:seek("set", 96)
  local byte = file:read(1):byte()
  file:seek("set", 96)
  file:write(string.char((byte + 1) % 256))
  file:close()
  failed(kpi.ECORRUPT, kpi.open(path))
  equal(kpi.reseal(path), true)
  s = assert(kpi.open(path))
  equal(assert(s:check()):get("1").customer, "c-1")
  s:close()
  for _, suffix in ipairs {"", "-wal", "-shm"} do os.remove(path .. suffix) end
  failed(kpi.ENOTFOUND, kpi.reseal(path))
  refused("path: expected a string", kpi.reseal, 5)
end)

test("a budget of memory is bytes", function()
  local s = small()
  equal(s:set_memory(2 ^ 20), s)
  equal(s:set_memory(0), s)
  equal(s:info().interactions, 4)
  refused("bytes: expected 0 or more", s.set_memory, s, -1)
  refused("bytes: expected a whole number", s.set_memory, s, "1M")
end)

test("a wrong option is refused", function()
  refused("did you mean 'read_only'", kpi.open, nil, {readonly = true})
  refused("expected true or false", kpi.open, nil, {read_only = 1})
  refused("if_exists", kpi.open, nil, {if_exists = "replace"})
  refused("memory", kpi.open, nil, {memory = -1})
end)

test("a queue_log is imported once", function()
  local log = os.getenv("KPI_LOG")
  if not log then return "no log" end
  local s = assert(kpi.open())
  local report = assert(s:import_queue_log(log))
  assert(report.lines > 100 and report.visits >= report.interactions)
  assert(#report.damaged > 0 and report.damaged[1].first[1] > 0)
  equal(type(report.damaged[1].reason), "string")
  local all = {directions = {"inbound", "outbound", "internal",
    "unknown"}}
  equal(first(s:contacts(all)).value, report.interactions)
  assert(s:import_queue_log(log))
  equal(s:info().interactions, report.interactions)
  local file = assert(io.open(log, "rb"))
  equal(report.unfinished, #file:read("*a"):match("[^\n]*$"))
  file:close()
  failed(kpi.ENOTFOUND, s:import_queue_log(log .. ".none"))
  refused("source", s.import_queue_log, s, log, {sorce = "x"})
end)

test("a csv is read by its header and what is said of it", function()
  local path = os.tmpname()
  local file = assert(io.open(path, "wb"))
  file:write "Call;Began;Speed;Taken;Mood\n1;01/10/2026 11:00;8;Y;ok\n"
  file:write "2;01/10/2026 11:01;x;N;ok\n"
  file:close()
  local s = assert(kpi.open())
  local asked = 0
  local report = assert(s:import_csv(path, {
    map = {Call = "id", Began = "started_at:%d/%m/%Y %H:%M",
      Speed = "wait:s", Taken = "outcome"},
    values = {"Y=answered", "N=abandoned"},
    fill = {csat_scale = 5, channel = "voice"}, zone = "Europe/Berlin",
    progress = function() asked = asked + 1 end}))
  assert(asked > 0)
  equal(report.rows, 2)
  equal(report.interactions, 1)
  equal(report.refused, 1)
  equal(report.local_times, 1)
  equal(report.reasons[1].field, "wait")
  equal(report.reasons[1].reason, "is not a duration")
  equal(report.reasons[1].first[1], 3)
  equal(report.reasons[1].value, "x")
  equal(report.again.rows, 0)
  equal(report.columns[1].field, "id")
  equal(report.columns[5].name, "Mood")
  equal(report.columns[5].field, nil)
  local call = assert(s:get("1"))
  equal(call.channel, "voice")
  equal(call.csat_scale, 5)
  equal(call.visits[1].wait, 8000)
  equal(call.visits[1].outcome, "answered")
  failed(kpi.EPARSE, s:import_csv(path, {map = {Began = "", Call = "id",
    Speed = "wait:s"}, strict = true}))
  refused("no column \"Cal\"", s.import_csv, s, path, {map = {Cal = "id"}})
  refused("map", s.import_csv, s, path, {map = "Call=id"})
  refused("values", s.import_csv, s, path, {values = {Y = true}})
  refused("visits", s.import_csv, s, path, {visits = 1})
  refused("zone", s.import_csv, s, path, {zone = 1})
  failed(kpi.ENOTFOUND, s:import_csv(path .. ".none"))
  os.remove(path)
end)

test("a csv is told by its beginning", function()
  equal(kpi.is_csv("a,b\n1,2\n"), true)
  equal(kpi.is_csv("a b\n"), false)
  refused("string expected", kpi.is_csv, 5)
end)

test("a queue_log is told by its beginning", function()
  equal(kpi.is_queue_log("1541512345|NONE|NONE|NONE|QUEUESTART|\n"), true)
  equal(kpi.is_queue_log("a,b\n1,2\n"), false)
  equal(kpi.is_queue_log(""), false)
  refused("string expected", kpi.is_queue_log, 5)
end)
