-- SPDX-License-Identifier: MIT
-- The hook in examples/, and the manual page's list and program. The
-- environment names them: KPI_HOOK, KPI_PAGE.
local kpi = require "kpi"
local harness = require "harness"
local test, equal, refused = harness.test, harness.equal, harness.refused

local function read(variable)
  local name = os.getenv(variable)
  local file = name and io.open(name)
  if not file then return nil end
  local text = file:read "*a"
  file:close()
  return text, name
end

-- What f prints.
local function printed(f)
  local lines, before = {}, print
  function print(...)
    local line = {}
    for i = 1, select("#", ...) do line[i] = tostring((select(i, ...))) end
    lines[#lines + 1] = table.concat(line, "\t") .. "\n"
  end
  local ok, message = pcall(f)
  print = before
  assert(ok, message)
  return table.concat(lines)
end

-- As the switch runs it, with what the channel knew.
local function hang_up(hook, path, headers)
  argv = {path}
  env = headers and {getHeader = function(_, name)
    return headers[name] and tostring(headers[name])
  end}
  local said = printed(function() dofile(hook) end)
  argv, env = nil, nil
  return said
end

test("the hang-up hook keeps each call, and prints today's service level",
  function()
    local _, hook = read "KPI_HOOK"
    if not hook then return "no hook" end
    local path = os.tmpname()
    os.remove(path)
    local now = os.time()
    local function call(id, headers)
      headers["Unique-ID"] = id
      headers["Caller-Caller-ID-Number"] = "030" .. id
      headers.start_epoch = now
      headers.cc_queue = headers.cc_queue_joined_epoch and "support@default"
      equal(hang_up(hook, path, headers), "")
    end
    call("1", {cc_queue_joined_epoch = now + 5, cc_agent = "1000@default",
      cc_queue_answered_epoch = now + 12, cc_queue_terminated_epoch = now + 72,
      end_epoch = now + 72, cc_queue_canceled_epoch = 0})
    call("2", {cc_queue_joined_epoch = now + 5, cc_cancel_reason = "BREAK_OUT",
      cc_queue_canceled_epoch = now + 35, end_epoch = now + 35})
    call("3", {cc_queue_joined_epoch = now, cc_cancel_reason = "TIMEOUT",
      cc_queue_canceled_epoch = now + 60, end_epoch = now + 65})
    call("4", {end_epoch = now + 2})
    call("1", {cc_queue_joined_epoch = now + 5, cc_agent = "1000@default",
      cc_queue_answered_epoch = now + 12, cc_queue_terminated_epoch = now + 72})
    local day = os.date "%d"
    local said = hang_up(hook, path)
    local s = assert(kpi.open(path, {must_exist = true}))
    equal(s:info().interactions, 4)
    local answered, left = s:get "1", s:get "2"
    equal(answered.started_at, kpi.instant(now))
    equal(answered.customer, "0301")
    equal(answered.visits[1].agent, "1000@default")
    equal(answered.visits[1].wait, 7000)
    equal(answered.visits[1].talk, 60000)
    equal(left.visits[1].outcome, "abandoned")
    equal(left.visits[1].wait, 30000)
    equal(left.visits[1].queue, "support@default")
    equal(s:get("3").visits[1].outcome, "timed_out")
    equal(s:get("4").visits[1].outcome, "before_queue")
    s:close()
    os.remove(path)
    if day ~= os.date("%d", now) then return "the day has changed" end
    equal(said, "service_level 50.0 % (1 of 2)\n")
  end)

-- The literal blocks of a page's EXAMPLES, as they are read.
local function examples(page)
  local blocks, block = {}, nil
  local part = page:match "\n%.Sh EXAMPLES\n(.-)\n%.Sh "
  for line in (part .. "\n"):gmatch "([^\n]*)\n" do
    if line:match "^%.Bd %-literal" then
      block = {}
    elseif line:match "^%.Ed" then
      blocks[#blocks + 1] = table.concat(block, "\n") .. "\n"
      block = nil
    elseif block then
      block[#block + 1] = line:gsub("\\e", "\\"):gsub("\\%-", "-")
        :gsub("\\&", "")
    end
  end
  return blocks
end

test("the manual's program prints what the manual says", function()
  local page = read "KPI_PAGE"
  if not page then return "no page" end
  local blocks = examples(page)
  local run = loadstring or load
  equal(printed(assert(run(blocks[1]))), blocks[2])
  local path, out, before = os.tmpname(), os.tmpname(), io.output()
  os.remove(path)
  local night = blocks[3]:gsub("/var/lib/kpi/calls.kpi", path)
    :gsub("/var/log/asterisk/queue_log", function()
      return os.getenv "KPI_LOG"
    end)
    :gsub("os.time%(%)", "1762000000")
  io.output(out)
  equal(printed(assert(run(night))), "")
  io.output():close()
  io.output(before)
  local csv = assert(io.open(out)):read "*a"
  os.remove(path)
  os.remove(out)
  equal(csv:match "^agent,time,metric," ~= nil, true)
end)

test("the manual names every function, method and option", function()
  local page = read "KPI_PAGE"
  if not page then return "no page" end
  local function named(kind, name)
    assert(page:find(("\n.It %s %s"):format(kind, name), 1, true)
      or page:find((" , %s %s"):format(kind, name), 1, true), name)
  end
  local metrics = {}
  for _, metric in ipairs(kpi.catalogue "metrics") do
    metrics[metric.name] = true
  end
  for name, f in pairs(kpi) do
    if type(f) == "function" then named("Fn", "kpi." .. name) end
  end
  local s = assert(kpi.open())
  local index = debug.getmetatable(s:csat()).__index
  local _, methods = debug.getupvalue(index, 1)
  local all = {store = debug.getmetatable(s).__index, result = methods,
    definition = debug.getmetatable(kpi.definition "csat").__index}
  local seen = 0
  for object, functions in pairs(all) do
    for name in pairs(functions) do
      seen = seen + 1
      if not metrics[name] then named("Fn", object .. ":" .. name) end
    end
  end
  assert(seen > 30) -- Lua 5.1 hides those of results
  local function options(f, ...)
    local _, message = pcall(f, ...)
    local list = tostring(message):match "is none of ([%w_, ]*)"
    for name in list:gsub(", nor.*", ""):gmatch "[%w_]+" do
      named("Va", name)
    end
  end
  local unknown = {["?"] = 1}
  options(kpi.open, nil, unknown)
  options(kpi.definition, "csat", unknown)
  options(kpi.load, "", unknown)
  options(s.measure, s, "csat", unknown)
  options(s.import_queue_log, s, "", unknown)
  refused("is none of progress", s.check, s, unknown)
  local row = s:contacts {every = "day"}
  assert(s:add {started_at = 0})
  row = s:contacts {every = "day"}[1]
  for name in pairs(row) do named("Va", name) end
end)
