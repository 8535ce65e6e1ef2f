# SPDX-License-Identifier: MIT
"""The example's call centre: its agents, its queues, its calls."""
import heapq

from journal import (CLOCKS_BACK, CRASH, DAY, FILE_BEGIN, LAST_ENTRY, RESTART,
                     Dice, Log, berlin)

MEMBERS = {
    "support": ["amira", "bruno", "daniel", "farid"],
    "sales": ["amira", "chiara", "elif"],
    "billing": ["bruno", "elif"],
    "oncall": ["greta", "jörg"],
}
QUEUES_OF = {
    "amira": ["support", "sales"],
    "bruno": ["support", "billing"],
    "daniel": ["support"],
    "elif": ["billing", "sales"],
}
TIMEOUT = {"support": 90, "sales": 150, "billing": 120, "oncall": 300}
OVERFLOW = {"support": "sales", "sales": None, "billing": "support",
            "oncall": None}
DIALLED = ("TRANSFER", "BLINDTRANSFER")
DIALLED_AS = {"support": "610", "sales": "620", "billing": "630"}
NUMBERS = ["03023125%03d", "06990009%03d", "04066969%03d", "02214710%03d",
           "08999998%03d"]
WITHHELD = ["", "anonymous", "Unknown", "private", "Restricted", "WITHHELD",
            "Anonymous", "unknown", ""]
NAMES = ["Käthe Brandt", "Werkstatt Nord", "A. Yilmaz", "Praxis Dr. Ohm",
         "Blumen & Mehr", "J. Petersen"]


class Centre:
    def __init__(self):
        self.dice = Dice(20261025)
        self.log = Log()
        self.sequence = 400
        self.ready = {}         # agent: [(from, until)]
        self.free = {}          # agent: when the last call is over
        self.heap = []
        self.pushed = 0
        self.recent = []
        self.staged = []        # when a scene needs the agent on call

    # Agents.

    def shift(self, agent, begin, until):
        """Log in, pauses, log off; remembers when the agent can answer."""
        dice = self.dice
        queues = QUEUES_OF.get(agent, [])
        middle = begin + (until - begin) // 2
        breaks = [(middle - dice.between(0, 1800), dice.between(1500, 2400))]
        if dice.chance(700):
            breaks.append((begin + dice.between(5400, 7000),
                           dice.between(360, 900)))
        breaks = sorted((b, b + n) for b, n in breaks)
        spans, at = [], begin
        for pause, back in breaks:
            spans.append((at, pause))
            at = back
        spans.append((at, until))
        self.ready.setdefault(agent, []).extend(spans)
        self.log_in(agent, begin, queues)
        for n, (pause, back) in enumerate(breaks):
            self.pause(agent, queues, pause, back, "lunch" if n else "coffee")
        self.log_off(agent, begin, until, queues)

    def log_in(self, agent, begin, queues):
        log = self.log
        if agent == "chiara":
            log.add(begin, "NONE", "NONE", agent, "AGENTLOGIN", "PJSIP/chiara")
        elif agent == "daniel":
            log.add(begin, "NONE", "NONE", agent, "AGENTCALLBACKLOGIN",
                    "214@agents")
        elif agent == "elif":
            for queue in queues:
                log.add(begin, "MANAGER", queue, agent, "ADDMEMBER", "PAUSED")
            for queue in queues:
                log.add(begin + 150, "NONE", queue, agent, "UNPAUSE", "")
        else:
            who = "CLI" if self.dice.chance(100) else "MANAGER"
            for queue in queues:
                log.add(begin, who, queue, agent, "ADDMEMBER", "")

    def log_off(self, agent, begin, until, queues):
        log = self.log
        if agent == "chiara":
            log.add(until, "NONE", "NONE", agent, "AGENTLOGOFF",
                    "PJSIP/chiara", until - begin)
        elif agent == "daniel":
            log.add(until, "NONE", "NONE", agent, "AGENTCALLBACKLOGOFF",
                    "214@agents", until - begin, "Autologoff")
        else:
            for queue in queues:
                log.add(until, "REALTIME" if agent == "elif" else "MANAGER",
                        queue, agent, "REMOVEMEMBER", "")

    def pause(self, agent, queues, begin, until, reason):
        log = self.log
        if agent == "chiara":           # a member of sales by configuration
            queues = ["sales"]
        if agent == "daniel":
            queues = ["support"]
        everywhere = reason == "lunch"
        for queue in queues:
            log.add(begin, "NONE", queue, agent, "PAUSE", reason)
        if everywhere:
            log.add(begin, "NONE", "NONE", agent, "PAUSEALL", reason)
        for queue in queues:
            log.add(until, "NONE", queue, agent, "UNPAUSE", reason)
        if everywhere:
            log.add(until, "NONE", "NONE", agent, "UNPAUSEALL", reason)

    def office_day(self, month, day, weekday):
        dice = self.dice
        open_at = berlin(month, day, 8)
        if weekday == 5:
            for agent in ("amira", "chiara"):
                begin = berlin(month, day, 8, 56, dice.between(0, 59))
                self.shift(agent, begin,
                           berlin(month, day, 13, 4, dice.between(0, 59)))
            return
        for n, agent in enumerate(("amira", "bruno", "chiara", "daniel",
                                   "elif")):
            if dice.chance(90) and (month, day) != (10, 21):
                continue
            late = (day + n) % 3 == 0
            begin = open_at + dice.between(-600, 300) + (7200 if late else 0)
            until = begin + 9 * 3600 + dice.between(0, 1200)
            if (month, day) == (10, 21) and agent in ("bruno", "chiara"):
                self.crash_day(agent)
            else:
                self.shift(agent, begin, until)
        self.ready.setdefault("farid", []).append(
            (open_at + 3600, open_at + 9 * 3600))

    def crash_day(self, agent):
        """bruno logs in again; chiara's log-off tells of a log-in unseen."""
        log = self.log
        begin = berlin(10, 21, 8, 1, 5)
        if agent == "bruno":
            again = RESTART + 240
            for when in (begin, again):
                for queue in QUEUES_OF[agent]:
                    log.add(when, "MANAGER", queue, agent, "ADDMEMBER", "")
            until = berlin(10, 21, 16, 30)
            for queue in QUEUES_OF[agent]:
                log.add(until, "MANAGER", queue, agent, "REMOVEMEMBER", "")
            self.ready["bruno"] += [(begin, CRASH - 900), (again, until)]
        else:
            log.add(begin, "NONE", "NONE", agent, "AGENTLOGIN", "PJSIP/chiara")
            until = berlin(10, 21, 16, 12, 30)
            log.add(until, "NONE", "NONE", agent, "AGENTLOGOFF",
                    "PJSIP/chiara", until - RESTART - 2400)
            self.ready["chiara"].append((begin, CRASH - 900))

    def night(self, month, day, weekday):
        """From this evening (at weekends: this morning) to the next day."""
        agent = "greta" if day % 2 else "jörg"
        begin = berlin(month, day, *{4: (17, 58), 5: (8, 2), 6: (8, 2)}.get(
            weekday, (17, 58)))
        until = berlin(month, day) + DAY + 8 * 3600
        if weekday in (4, 5):
            until += 180
        self.log.add(begin, "CLI", "oncall", agent, "ADDMEMBER", "")
        self.log.add(until, "CLI", "oncall", agent, "REMOVEMEMBER", "")
        self.ready.setdefault(agent, []).append((begin, until))

    # Calls.

    def stage(self, when, queue, customer, plan=None, name=None):
        """A call of a scene: no other may hold the agent on call then."""
        if queue == "oncall":
            self.staged.append(when)
        self.call(when, queue, customer, plan, name)

    def call(self, when, queue, customer, plan=None, name=None):
        self.sequence += self.dice.between(1, 3)
        plan = dict(plan or {})
        call = plan.get("id") or "%d.%d" % (when - self.dice.between(0, 4),
                                            self.sequence)
        self.push(when, call, queue, customer, plan, name)

    def push(self, when, call, queue, customer, plan, name=None):
        self.pushed += 1
        heapq.heappush(self.heap, (when, self.pushed, call, queue, customer,
                                   plan, name))

    def answers_at(self, agent, when):
        """The first instant from `when` at which the agent can be rung."""
        when = max(when, self.free.get(agent, 0))
        for begin, until in sorted(self.ready.get(agent, [])):
            if when < until - 60:
                return max(when, begin)
        return None

    def next_agent(self, queue, when, but=None):
        best = None
        for agent in MEMBERS[queue]:
            at = None if agent == but else self.answers_at(agent, when)
            key = (at, self.free.get(agent, 0))
            if at is not None and (best is None or key < best[0]):
                best = (key, agent)
        return (best[1], best[0][0]) if best else (None, None)

    def visit(self, when, call, queue, customer, plan, name):
        dice, log = self.dice, self.log
        plan.setdefault("position", dice.between(1, 4))
        params = [plan.get("url", ""), customer, plan["position"]]
        if name is not None:
            params.append(name)
        agent_field = "" if dice.chance(50) else "NONE"
        line = "|".join([str(when), call, queue, agent_field, "ENTERQUEUE"]
                        + [str(p) for p in params]).encode()
        if plan.get("latin1"):
            line += b"|M\xfcnch \xff\xfe GmbH"
        log.raw(when, call, line + b"\n")

        if "exit" in plan:
            self.leave(when, call, queue, customer, plan, plan["wait"],
                       plan["exit"], plan.get("agent", "NONE"))
            return
        agent, at = self.next_agent(queue, when)
        patience = dice.between(25, 140) + dice.between(0, 260)
        limit = TIMEOUT[queue]
        ring = dice.between(2, 8) + dice.between(0, 9)
        if "wait" in plan:
            ring = min(plan.get("ring", 5), plan["wait"])
            at = when + plan["wait"] - ring
            agent = plan.get("agent") or self.next_agent(queue, at)[0]
            if self.answers_at(agent, at) != at:
                raise SystemExit("no agent for %s at %d" % (call, when))
            patience = limit = 1 << 30
        elif agent and dice.chance(60):
            missed = agent
            log_at = at + 15
            if log_at < when + min(patience, limit):
                log.add(log_at, call, queue, missed, "RINGNOANSWER", 15000)
                agent, at = self.next_agent(queue, log_at, missed)
        wait = at + ring - when if agent else 1 << 31
        if wait > min(patience, limit):
            if queue == "oncall" and dice.chance(400):
                self.leave(when, call, queue, customer, plan,
                           min(patience, limit), "EXITEMPTY", "NONE")
            elif patience < limit and dice.chance(120):
                self.leave(when, call, queue, customer, plan, patience,
                           "EXITWITHKEY", "NONE")
            elif patience < limit:
                rings = agent if at and at <= when + patience else "NONE"
                self.leave(when, call, queue, customer, plan, patience,
                           "ABANDON", rings)
            else:
                self.leave(when, call, queue, customer, plan, limit,
                           "EXITWITHTIMEOUT", "NONE")
            return
        self.answer(when, call, queue, agent, customer, plan, wait, ring)

    def answer(self, when, call, queue, agent, customer, plan, wait, ring):
        dice, log = self.dice, self.log
        if plan.get("dump") or dice.chance(2):
            log.add(when + wait - ring, call, queue, agent, "AGENTDUMP")
        exact = "wait" in plan
        at = when + wait + (0 if exact else dice.chance(100))
        talk = plan.get("talk")
        if talk is None:
            talk = dice.between(20, 300) + dice.between(0, 420)
            if dice.chance(80):
                talk += dice.between(300, 1500)
        if plan.get("alone") or dice.chance(30):
            log.add(at, call, queue, agent, "CONNECT", wait)
        else:
            log.add(at, call, queue, agent, "CONNECT", wait,
                    "%s.%d" % (at - ring, dice.between(10, 9999)), ring)
        end = plan.get("end") or self.random_end(at)
        self.free[agent] = at + talk + dice.between(3, 25)
        if end == "LOST":
            return
        if not exact and end in DIALLED and dice.chance(500):
            others = [q for q in DIALLED_AS if q != queue]
            other = dice.pick(others)
            if self.is_open(other, at + talk):
                plan["target"] = DIALLED_AS[other]
                plan["next"] = (other, {"gap": dice.between(0, 2)})
        done = at + talk + (0 if exact else dice.chance(100))
        said = wait + (plan.get("said", 0) if exact else dice.chance(100))
        self.finish(done, call, queue, agent, plan, end, said, talk)
        if plan.get("next"):
            again, onward = plan["next"]
            self.push(done + onward.get("gap", 0), call, again, customer,
                      dict(onward))

    def random_end(self, when):
        dice = self.dice
        n = dice.between(0, 999)
        if n < 500:
            return "COMPLETECALLER"
        if n < 930:
            return "COMPLETEAGENT"
        if n < 936:
            return "MASQUERADE"
        if when < CRASH:
            return "TRANSFER"
        return dice.pick(["BLINDTRANSFER", "BLINDTRANSFER", "BRIDGE", "APP",
                          "LINK"])

    def finish(self, when, call, queue, agent, plan, end, wait, talk):
        log, position = self.log, plan["position"]
        dice = self.dice
        if end in DIALLED:
            target = plan.get("target") or dice.pick(["301", "302", "317"])
            params = [target, "internal", wait, talk]
            if end == "BLINDTRANSFER" or dice.chance(500):
                params.append(position)
            log.add(when, call, queue, agent, end, *params)
        elif end == "BRIDGE":
            log.add(when, call, queue, agent, "ATTENDEDTRANSFER", "BRIDGE",
                    "9c1f-%04x" % dice.between(0, 65535), wait, talk, position)
        elif end == "APP":
            log.add(when, call, queue, agent, "ATTENDEDTRANSFER", "APP",
                    "VoiceMail", wait, talk, position)
        elif end == "LINK":
            log.add(when, call, queue, agent, "ATTENDEDTRANSFER", "LINK",
                    "PJSIP/trunk-%04x" % dice.between(0, 65535),
                    "PJSIP/desk-%04x" % dice.between(0, 65535), wait, talk,
                    position)
        elif end == "MASQUERADE":
            self.sequence += 1
            log.add(when, "%d.%d" % (when - talk, self.sequence), queue, agent,
                    dice.pick(["COMPLETECALLER", "COMPLETEAGENT"]), wait, talk,
                    position, owner=call)
        elif end == "GARBLED":
            log.raw(when, call, ("%dx|%s|%s|%s|COMPLETEAGENT|%d|%d|%d\n" % (
                when // 10, call, queue, agent, wait, talk, position)).encode())
        elif end == "BARE":
            log.add(when, call, queue, agent, "COMPLETEAGENT", "", "")
        else:
            log.add(when, call, queue, agent, end, wait, talk, position)

    def leave(self, when, call, queue, customer, plan, wait, how, agent):
        dice, log = self.dice, self.log
        at, old = when + wait, when + wait < CRASH
        position = plan["position"]
        now = max(1, position - 1)
        onward = plan.get("next")
        if how == "ABANDON":
            if agent != "NONE" and not old:
                log.add(at, call, queue, agent, "RINGCANCELED",
                        dice.between(900, 1900))
            if plan.get("crlf"):
                log.raw(at + 1, call, ("%d|%s|%s|%s|ABANDON|%d|%d|%d\r\n" % (
                    at + 1, call, queue, agent, now, position, wait)).encode())
            else:
                log.add(at, call, queue, agent, "ABANDON", now, position, wait)
            if customer.isdigit() and "exit" not in plan and dice.chance(550):
                later = at + dice.between(90, 2400)
                if self.is_open(queue, later):
                    self.call(later, queue, customer)
        elif how == "EXITWITHTIMEOUT":
            if old and dice.chance(500):
                log.add(at, call, queue, agent, how, now)
            else:
                log.add(at, call, queue, agent, how, now, position, wait)
            if onward is None and OVERFLOW[queue]:
                target = queue if dice.chance(100) else OVERFLOW[queue]
                if plan.get("depth", 0) < 2:
                    onward = (target, {"depth": plan.get("depth", 0) + 1})
        elif how == "EXITWITHKEY":
            if old and dice.chance(500):
                log.add(at, call, queue, agent, how, "1", now)
            else:
                log.add(at, call, queue, agent, how, "1", now, position, wait)
        elif how == "EXITEMPTY":
            log.add(at, call, queue, agent, how, now, position, wait)
            if old:
                log.add(at, call, queue, agent, "ABANDON", now, position, wait)
        elif how == "WITHDRAW":
            log.add(at, call, queue, agent, how, now, position, wait,
                    "called back | by the portal")
        elif how == "SYSCOMPAT":
            log.add(at, call, queue, agent, how)
        elif how == "CUT":
            log.raw(at, call, ("%d|%s|%s\n" % (at, call, queue[:3])).encode())
        if onward:
            self.push(at + onward[1].get("gap", 0), call, onward[0], customer,
                      dict(onward[1]))

    @staticmethod
    def is_open(queue, when):
        return queue == "oncall" or 6 * 3600 < when % DAY < 14 * 3600

    def customer(self):
        dice = self.dice
        if dice.chance(75):
            return dice.pick(WITHHELD)
        old = self.recent[-900:]
        if old and dice.chance(270):
            return dice.pick(old)
        return dice.pick(NUMBERS) % dice.between(0, 999)

    def arrivals(self, month, day, weekday):
        dice, calls = self.dice, []
        if weekday < 5:
            count = dice.between(84, 104) + (22 if weekday == 0 else 0)
            for _ in range(count):
                peak = dice.between(0, 99)
                if peak < 34:
                    at = dice.between(9 * 3600, 11 * 3600 - 1)
                elif peak < 56:
                    at = dice.between(13 * 3600 + 1800, 15 * 3600)
                else:
                    at = dice.between(8 * 3600, 17 * 3600 + 2400)
                n = dice.between(0, 99)
                queue = ("support" if n < 56 else
                         "sales" if n < 80 else "billing")
                calls.append((at, queue))
        if weekday == 5:
            for _ in range(dice.between(14, 22)):
                calls.append((dice.between(9 * 3600, 12 * 3600 + 2400),
                              "sales"))
        for _ in range(dice.between(3, 6) + (4 if weekday > 4 else 0)):
            hour = dice.pick([0, 1, 5, 6, 19, 20, 21, 22])
            calls.append((hour * 3600 + dice.between(0, 3599), "oncall"))
        for at, queue in sorted(calls):
            when = berlin(month, day, 0) + at
            if when >= CLOCKS_BACK > berlin(month, day, 0):
                when += 3600
            if not FILE_BEGIN + 600 < when < LAST_ENTRY - 7200:
                continue
            if queue == "oncall" and any(-2700 < when - at < 600
                                         for at in self.staged):
                continue
            customer = self.customer()
            if customer.isdigit():
                self.recent.append(customer)
            name = dice.pick(NAMES) if dice.chance(40) else None
            self.call(when, queue, customer, None, name)

    def run(self):
        while self.heap:
            when, _, call, queue, customer, plan, name = heapq.heappop(
                self.heap)
            self.visit(when, call, queue, customer, plan, name)
