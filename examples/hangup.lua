-- SPDX-License-Identifier: MIT
-- A hang-up hook of Asterisk: takes in what its queue_log has of the call, and
-- prints today's service level. In extensions.conf, where the calls come in:
--     exten => h,1,System(lua hangup.lua calls.kpi /var/log/asterisk/queue_log)
local kpi = require "kpi"
local store = assert(kpi.open(arg[1]))
assert(store:import_queue_log(arg[2]))
print(assert(store:service_level {from = os.date "%Y-%m-%d",
  zone = "Europe/Berlin"})[1])
store:close()
