-- SPDX-License-Identifier: MIT
-- A hang-up hook of FreeSWITCH: keeps each call of mod_callcenter in a store.
-- In the dialplan, before the application callcenter:
--     <action application="set"
--         data="api_hangup_hook=lua hangup.lua /var/lib/freeswitch/calls.kpi"/>
-- In a shell, today's service level: lua hangup.lua calls.kpi
local kpi = require "kpi"
local store = assert(kpi.open((argv or arg)[1], {if_exists = "update"}))

if env then
  local function header(name) return env:getHeader(name) or nil end
  local function instant(name)
    local seconds = tonumber(header(name) or "") or 0
    return seconds > 0 and kpi.instant(seconds) or nil
  end
  local joined = instant "cc_queue_joined_epoch"
  local answered = instant "cc_queue_answered_epoch"
  local left = instant "cc_queue_terminated_epoch"
    or instant "cc_queue_canceled_epoch" or instant "end_epoch"
  local reasons = {TIMEOUT = "timed_out", NO_AGENT_TIMEOUT = "timed_out",
    EXIT_WITH_KEY = "exited"}
  assert(store:add {
    id = header "Unique-ID", customer = header "Caller-Caller-ID-Number",
    started_at = instant "start_epoch", channel = "voice",
    direction = "inbound", queue = header "cc_queue",
    agent = header "cc_agent", entered_at = joined,
    wait = joined and (answered or left) - joined,
    talk = answered and left - answered,
    outcome = answered and "answered" or not joined and "before_queue"
      or reasons[header "cc_cancel_reason"] or "abandoned"})
else
  local today = os.date "*t"
  today.hour, today.min, today.sec = 0, 0, 0
  print(assert(store:service_level {from = kpi.instant(os.time(today))})[1])
end
store:close()
