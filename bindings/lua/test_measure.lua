-- SPDX-License-Identifier: MIT
-- Questions and results, from a script's side.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused, failed, small, first, day, start =
  harness.test, harness.equal, harness.refused, harness.failed, harness.small,
  harness.first, harness.day, harness.start

test("figures come by metric, group and bucket", function()
  local s = small()
  local r = assert(s:measure({"service_level", "csat"}, {by = {"queue"}}))
  equal(r:count(), 4)
  equal(#r, 4)
  local seen = {}
  for row in r:rows() do seen[row.group.queue .. " " .. row.metric] = row end
  equal(seen["sales service_level"].value, 0)
  equal(seen["sales service_level"].denominator, 2)
  equal(seen["support service_level"].value, 1)
  equal(seen["support service_level"].state, "ok")
  equal(seen["support service_level"].definition, "service_level")
  assert(seen["support service_level"].lower < 1)
  equal(seen["support csat"].value, 0.5)
  equal(seen["sales csat"].value, nil)
  equal(seen["sales csat"].state, "no data")

  local times = {}
  for row in s:contacts({every = "month", zone = "Europe/Berlin"}):rows() do
    times[#times + 1] = row.time
    equal(row.until_ > row.time, true)
  end
  equal(times[1], 1541026800000) -- 2018-11-01T00:00:00+01:00
  equal(times[2], 1543618800000)
end)

test("a target is judged by days", function()
  local s = assert(kpi.open())
  for d = 0, 5 do
    for i = 1, 10 do
      assert(s:add {started_at = start + d * day, queue = "support",
        wait = i < 10 and 8000 or 45000, outcome = "answered"})
    end
  end
  local judged = {target_goal = "0.8", verdict_by = "day"}
  local row = first(assert(s:service_level(judged)))
  equal(row.target, 0.8)
  equal(row.target_ceiling, nil)
  equal(row.verdict, "met")
  equal(row.verdict_lower, 0.9)
  equal(row.verdict_upper, 0.9)
  row = first(assert(s:average_speed_of_answer()))
  equal(row.target, 20000)
  equal(row.verdict, nil)
  local by_day = {bounds_by = "day", partition = "day"}
  local r = assert(s:service_level(by_day))
  assert(r:merge(assert(s:service_level(by_day))))
  equal(first(r).denominator, 120)
end)

test("a group has a target of its own", function()
  local s = assert(kpi.open())
  for d = 0, 5 do
    for i = 1, 10 do
      for _, queue in ipairs {"care", "sales", "other"} do
        assert(s:add {started_at = start + d * day, queue = queue,
          wait = i < 10 and 8000 or 45000, outcome = "answered"})
      end
    end
  end
  local found = {}
  for row in assert(s:service_level {by = "queue", verdict_by = "day",
      target_goal = {queue = {care = 0.8, sales = "95%"}}}):rows() do
    found[row.group.queue] = row
  end
  equal(found.care.target, 0.8)
  equal(found.care.verdict, "met")
  equal(found.sales.target, 0.95)
  equal(found.sales.verdict, "missed")
  equal(found.other.target, nil)
  equal(found.other.verdict, nil)
  local d = assert(kpi.definition("service_level", {
    target_goal = {0.8, team = {night = "none"}}}))
  equal(d:text(),
    "service_level target_goal=0.8 target_goal[team=night]=none")
  refused('of queue "care"', s.service_level, s,
    {target_goal = {queue = {care = 80}}})
end)

test("what is unknown in a group has no key", function()
  local unknown = 0
  for row in small():visits({by = "agent"}):rows() do
    equal(row.time, nil)
    if row.group.agent == nil then unknown = unknown + row.value end
  end
  equal(unknown, 1)
end)

test("each metric of the catalogue is a method", function()
  local s = small()
  for _, metric in ipairs(kpi.catalogue "metrics") do
    equal(first(assert(s[metric.name](s))).metric, metric.name)
  end
end)

test("range and filters choose the rows", function()
  local s = small()
  local function count(options) return first(s:visits(options)).value end
  equal(count(), 4)
  equal(count {from = start + day}, 3)
  equal(count {from = start, until_ = start + day}, 1)
  equal(count {["until"] = start + day}, 1)
  equal(count {from = "2018-11-07T13:52:25Z"}, 3)
  equal(count {from = "2018-11-07", until_ = "2018-11-08T14:52:26",
    zone = "Europe/Berlin"}, 2)
  equal(count {where = {queue = "sales"}}, 2)
  equal(count {where = {queue = {"sales", "support"}, channel = "voice"}}, 2)
  equal(count {where = {agent = false}}, 1)
  equal(count {where_not = {agent = {"amira", false}}}, 1)
  equal(count {where = {outcome = {"abandoned", "voicemail"}}}, 1)
  equal(count {where = {wait = {least = "8s", most = "8000 ms"}}}, 2)
  equal(count {where = {wait = {least = "6s"}}}, 3)
end)

test("instants are read and written in a zone", function()
  equal(kpi.instant "2018-11-06T13:52:25Z", start)
  equal(kpi.instant("2018-11-06T14:52:25", "Europe/Berlin"), start)
  equal(kpi.instant_text(start), "2018-11-06T13:52:25+00:00")
  equal(kpi.instant_text(start + 1, "Europe/Berlin"),
    "2018-11-06T14:52:25.001+01:00")
  failed(kpi.EPARSE, kpi.instant "yesterday")
  failed(kpi.ENOTFOUND, kpi.instant("2018-11-06", "Europe/Berln"))
  refused("instant: expected a whole number", kpi.instant_text, "5")
  refused("zone: expected a string", kpi.instant_text, 5, 6)
end)

test("parameters, presets and definitions' texts define a metric", function()
  local s = small()
  local function level(options) return first(s:service_level(options)) end
  equal(level().numerator, 2)
  equal(level({service_level_threshold = "30s"}).numerator, 3)
  equal(level({service_level_threshold = "30s"}).definition,
    "service_level service_level_threshold=30s")
  equal(level({service_level_threshold =
    {"1s", queue = {sales = "30s"}}}).numerator, 1)
  equal(level({service_level_numerator = {"answered_in", "abandoned_in"}})
    .numerator, 3)
  equal(level({as_of = start}).definition,
    "service_level as_of=2018-11-06T13:52:25Z")
  local r = assert(s:measure({"service_level",
    {"service_level", service_level_threshold = "30s"}, "csat",
    "service_level service_level_threshold=7s"}))
  local found = {}
  for row in r:rows() do found[#found + 1] = row.numerator end
  equal(table.concat(found, " "), "2 3 1 0")
  for _, preset in ipairs(kpi.catalogue "presets") do
    local metric = preset.relation:match("^[%w_]+") or "csat"
    equal(first(s:measure(metric, {preset = preset.name})).metric, metric)
  end
  equal(first(s:service_level {preset = "icmi1"}).numerator, 3)
  equal(first(s:service_level()).unit, "share")
  local ratio = first(s:service_level {preset = "genesys"})
  equal(ratio.unit, "ratio")
  equal(ratio.text, "0.50")
end)

test("a spread is a metric by every preset", function()
  local s = small()
  local r = assert(s:spread("csat", {csat_per = "customer"}))
  local info = r:info()
  equal(info.definitions[1].presets, "default")
  equal(info.definitions[2].presets, "zendesk, zendesk-exactly-one")
  equal(r[2].presets, "zendesk, zendesk-exactly-one")
  equal(r[2].definition, "csat csat_per=customer csat_scale=2")
  equal(s:csat():info().definitions[1].presets, nil)
  equal(s:csat()[1].presets, nil)
  refused("expected one, got 2", s.spread, s, {"csat", "nps"})
  refused("preset", s.spread, s, "csat", {preset = "zendesk"})
end)

test("a definition is a value", function()
  local d = assert(kpi.definition("service_level", {
    service_level_threshold = {"30s", queue = {sales = "10s"}}}))
  equal(d:metric(), "service_level")
  equal(d:get "service_level_threshold", "30s")
  equal(d:get "credit", "last")
  equal(d:text(), "service_level service_level_threshold=30s "
    .. "service_level_threshold[queue=sales]=10s")
  equal(tostring(d), d:text())
  equal(d == kpi.definition(d:text()), true)
  equal(d == kpi.definition "service_level", false)
  equal(d:words():find("service_level_threshold[queue=sales]=10s", 1, true)
    ~= nil, true)
  equal(kpi.definition("service_level"):fingerprint(), "4e3a33b9d6f177e9")
  local r = assert(kpi.open()):measure(d)
  equal(r:info().definitions[1].fingerprint, d:fingerprint())
  local other = assert(kpi.definition(d,
    {service_level_threshold = "7s"}))
  equal(other:get "service_level_threshold", "7s")
  equal(d:get "service_level_threshold", "30s")
  equal(kpi.definition(kpi.catalogue("metrics")[4].number):metric(),
    "service_level")
  local s, found = small(), {}
  for row in s:measure({d, "csat", {other,
      confidence = 0.9}}):rows() do
    found[#found + 1] = row.definition
  end
  equal(found[1], d:text())
  equal(found[2], "csat")
  equal(found[3], "service_level confidence=0.9 service_level_threshold=7s "
    .. "service_level_threshold[queue=sales]=10s")
  equal(first(s:measure(d)).definition, d:text())
  equal(first(s:measure {"service_level", preset = "icmi1"}).numerator, 3)
  refused("credit", d.get, d, "credt")
  refused("parameter: expected a string", d.get, d)
  refused("expected one, got 2", kpi.definition, {"csat", "nps"})
  refused("expected one beside", kpi.definition,
    {"csat", "nps", preset = "icmi1"})
  refused("no such number", kpi.definition, -1)
  refused("metric", kpi.definition, 9999)
  refused("expected a kpi.definition", kpi.definition, s)
  refused("did you mean 'preset'", kpi.definition, "csat", {present = "x"})
  d:close()
  equal(tostring(d), "kpi.definition (closed)")
  refused("the definition is closed", d.text, d)
  refused("the definition is closed", s.measure, s, d)
end)

test("a result tells of what it holds", function()
  local info = small():measure({"repeat_rate", "csat"}, {by = {"queue",
    "channel"}, every = "month", zone = "Europe/Berlin"}):info()
  equal(table.concat(info.by, " "), "queue channel")
  equal(info.every, "month")
  equal(info.zone, "Europe/Berlin")
  equal(#info.definitions, 2)
  equal(info.definitions[1].metric, "repeat_rate")
  equal(info.definitions[1].known_from, start)
  equal(info.definitions[2].definition, "csat")
  equal(info.definitions[2].known_from, nil)
  equal(info.groups > 1, true)
  info = assert(kpi.open()):csat():info()
  equal(info.groups, 1)
  equal(#info.by, 0)
  equal(info.every, nil)
end)

test("a wrong word gets the nearest right one", function()
  local s = small()
  local function measure(metrics, options)
    return function() return s:measure(metrics, options) end
  end
  refused("service_level", measure "service_levle")
  refused("service_level", measure {"csat", "service_levle"})
  refused("agent", measure("csat", {by = {"agnet"}}))
  refused("twice", measure("csat", {by = {"agent", "agent"}}))
  refused("month", measure("csat", {every = "mnth"}))
  refused("did you mean 'every'", measure("csat", {evry = "month"}))
  refused("is none of", measure("csat", {gobbledygook = "month"}))
  refused("channel", measure("csat", {where = {chanel = "chat"}}))
  refused("inbound", measure("csat", {where = {direction = "inbuond"}}))
  refused("did you mean 'least'",
    measure("csat", {where = {wait = {leest = 1}}}))
  refused("service_level_threshold",
    measure("service_level", {service_level_treshold = "20s"}))
  refused("concerns no metric",
    measure("csat", {service_level_threshold = "20s"}))
  refused("service_level_threshold",
    measure("service_level", {service_level_threshold = "20x"}))
  refused("preset", measure("service_level", {preset = "nobody"}))
  refused("metric: none is asked", measure {})
  refused("metric: expected a string", measure(nil))
  refused("ends before it begins", measure("csat", {from = 2, until_ = 1}))
  refused("from: expected", measure("csat", {from = {}}))
  refused("from: ", measure("csat", {from = "2018-11-31"}))
  refused("week_start", measure("csat", {week_start = 8}))
  refused("partition", measure("csat", {partition = "custmer"}))
  failed(kpi.ENOTFOUND, s:csat {zone = "Europe/Berln"})
  failed(kpi.ELIMIT, s:csat {by = "id" and "customer", group_limit = 1})
end)

test("results print, save, load and merge", function()
  local a, b, all = assert(kpi.open()), assert(kpi.open()), small()
  for c in assert(all:each()) do
    assert((c.customer == "c-1" and a or b):add(c))
  end
  local options = {by = "queue", every = "month"}
  local metrics = {"service_level", "csat", "contacts"}
  local whole = assert(all:measure(metrics, options))
  local merged = assert(kpi.load(a:measure(metrics, options):save()))
  equal(merged:merge(b:measure(metrics, options)), merged)
  equal(merged:save(), whole:save())
  equal(tostring(merged), tostring(whole))
  equal(whole:text(), tostring(whole))
  equal(whole:text("json"):match("^{\"group\":{\"queue\":\"sales\"}") ~= nil,
    true)
  equal(select(2, whole:text("json"):gsub("\n", "")), whole:count())
  equal(select(2, whole:text("csv"):gsub("\n", "")), whole:count() + 1)
  refused("did you mean 'json'", whole.text, whole, "jsn")
  failed(kpi.EMISMATCH, merged:merge(all:nps()))
  equal(merged:save(), whole:save())
  failed(kpi.ECORRUPT, kpi.load("nonsense"))
  failed(kpi.ECORRUPT, kpi.load(whole:save():sub(1, -2)))
end)

test("print writes to the script's output", function()
  local name = os.tmpname()
  local out, before = assert(io.open(name, "w")), io.output()
  io.output(out)
  local r = small():csat()
  local back = r:print("csv")
  io.output(before)
  out:close()
  local file = assert(io.open(name))
  local text = file:read("*a")
  file:close()
  os.remove(name)
  equal(back, r)
  equal(text, r:text("csv"))
end)

test("several threads answer as one", function()
  local s = kpi.open()
  local starts, customers = {}, {}
  for i = 1, 70000 do
    starts[i] = 1600000000000 + i * 1000
    customers[i] = tostring(i % 977)
  end
  assert(s:add_columns {started_at = starts, customer = customers})
  local before = s:measure({"contacts", "repeat_rate"}, {by = "customer"})
    :save()
  for _, threads in ipairs {2, 64, 1} do
    equal(s:set_threads(threads), s)
    equal(s:measure({"contacts", "repeat_rate"}, {by = "customer"}):save(),
      before)
  end
  refused("threads: expected 1 to 64", s.set_threads, s, 0)
  refused("threads: expected 1 to 64", s.set_threads, s, 65)
  refused("threads: expected a whole number", s.set_threads, s, "2")
end)
