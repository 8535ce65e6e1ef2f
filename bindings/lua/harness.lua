-- SPDX-License-Identifier: MIT
-- What the tests share: claims that are registered and run, and a small store.
local kpi = require "kpi"

local harness = {}
local claims = {}

function harness.test(name, body)
  claims[#claims + 1] = {name = name, body = body}
end

function harness.equal(got, expected)
  if got ~= expected then
    error(("expected %s, got %s"):format(tostring(expected), tostring(got)), 2)
  end
end

-- What depends on the arguments alone raises, and says these words.
function harness.refused(words, f, ...)
  local ok, message = pcall(f, ...)
  if ok then
    error("not refused: " .. words, 2)
  end
  if not tostring(message):find(words, 1, true) then
    error(("expected '%s' in: %s"):format(words, tostring(message)), 2)
  end
end

-- What a correct script can meet comes back.
function harness.failed(expected, ok, message, status)
  if ok ~= nil or type(message) ~= "string" or status ~= expected then
    error(("expected nil, message, %d; got %s, %s, %s"):format(expected,
      tostring(ok), tostring(message), tostring(status)), 2)
  end
end

harness.day = 86400000
harness.start = 1541512345000 -- 2018-11-06, milliseconds
local day, start = harness.day, harness.start

function harness.call(id, fields)
  local c = {
    id = id, customer = "c-" .. id, started_at = start, direction = "inbound",
    channel = "voice",
    visits = {{queue = "support", agent = "amira", wait = 8000, ring = 2000,
      talk = 190000, hold = 0, after_call = 10000, outcome = "answered"}},
  }
  for name, value in pairs(fields or {}) do c[name] = value end
  return c
end

-- Two answered in time, one late, one abandoned.
function harness.small()
  local s = assert(kpi.open())
  assert(s:add(harness.call("1", {csat = 5})))
  assert(s:add(harness.call("2", {started_at = start + 40 * day, csat = 1})))
  assert(s:add {id = "3", customer = "c-1", started_at = start + day,
    channel = "chat", queue = "sales", agent = "bo", wait = 30000,
    talk = 1000, outcome = "answered"})
  assert(s:add {id = "4", started_at = start + 2 * day, queue = "sales",
    wait = 5000, outcome = "abandoned"})
  return s
end

-- The first row of a result.
function harness.first(result)
  return (result:rows()())
end

function harness.run()
  for i, claim in ipairs(claims) do
    local ok, skip = pcall(claim.body)
    if ok then
      print(("ok %d - %s%s"):format(i, claim.name,
        skip and " # SKIP " .. skip or ""))
    else
      print("# " .. tostring(skip):gsub("\n", "\n# "))
      print(("not ok %d - %s"):format(i, claim.name))
    end
  end
  print("1.." .. #claims)
end

return harness
