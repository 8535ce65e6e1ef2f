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

test("the hang-up hook takes in each call, and prints today's service level",
  function()
    local _, hook = read "KPI_HOOK"
    if not hook then return "no hook" end
    local path, log = os.tmpname(), os.tmpname()
    local begun = os.time() - 100
    local today = kpi.instant(os.date "%Y-%m-%d", "Europe/Berlin")
    local function hang_up(...)
      local file = assert(io.open(log, "a"))
      for _, line in ipairs {...} do
        local after, rest = line:match "^(%d+)(.*)$"
        file:write(("%d%s\n"):format(begun + after, rest))
      end
      file:close()
      -- In Lua 5.1 such a function has an arg of its own.
      local before = _G.arg
      _G.arg = {path, log}
      local said = printed(function() dofile(hook) end)
      _G.arg = before
      return said
    end
    os.remove(path)
    local first = hang_up("0|1|support|NONE|ENTERQUEUE||0301|1",
      "7|1|support|SIP/anna|CONNECT|7|2|7",
      "67|1|support|SIP/anna|COMPLETECALLER|7|60|1",
      "68|2|support|NONE|ENTERQUEUE||0302|1")
    local second = hang_up "98|2|support|NONE|ABANDON|1|1|30"
    local again = hang_up()
    local s = assert(kpi.open(path, {must_exist = true}))
    local visits = {}
    for call in assert(s:each()) do
      equal(#call.visits, 1)
      visits[#visits + 1] = call.visits[1]
    end
    s:close()
    os.remove(path)
    os.remove(log)
    equal(#visits, 2)
    equal(visits[1].agent, "SIP/anna")
    equal(visits[1].wait, 7000)
    equal(visits[1].talk, 60000)
    equal(visits[2].outcome, "abandoned")
    equal(visits[2].wait, 30000)
    if today > 1000 * begun then return "another day in Berlin" end
    equal(first, "service_level 100.0 % (1 of 1)\n")
    equal(second, "service_level 50.0 % (1 of 2)\n")
    equal(again, second)
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
  options(s.import_csv, s, "", unknown)
  options(s.import_queue_log, s, "", unknown)
  refused("is none of progress", s.check, s, unknown)
  local row = s:contacts {every = "day"}
  assert(s:add {started_at = 0})
  row = s:contacts {every = "day"}[1]
  for name in pairs(row) do named("Va", name) end
end)
