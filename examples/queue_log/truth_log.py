# SPDX-License-Identifier: MIT
"""The independent script's own reading of a queue_log."""
MS = 1000
NO_CUSTOMER = ("", "anonymous", "unknown", "private", "restricted", "withheld")
FLOWED = {"EXITWITHTIMEOUT": "timed_out", "EXITWITHKEY": "exited",
          "EXITEMPTY": "emptied", "WITHDRAW": "emptied",
          "SYSCOMPAT": "failed", "ABANDON": "abandoned"}
# Where the wait stands among an exit's parameters.
WAIT_AT = {"ABANDON": 2, "EXITWITHTIMEOUT": 2, "EXITWITHKEY": 3,
           "EXITEMPTY": 2, "WITHDRAW": 2, "SYSCOMPAT": None}
SPANS = ("AGENTLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGIN",
         "AGENTCALLBACKLOGOFF", "ADDMEMBER", "REMOVEMEMBER", "PAUSE",
         "UNPAUSE", "PAUSEALL", "UNPAUSEALL")
NO_EFFECT = ("RINGNOANSWER", "RINGCANCELED", "AGENTDUMP")


def number(text):
    """A parameter's whole number, or None when it is missing or odd."""
    return int(text) if text.isascii() and text.isdigit() else None


def at(params, n):
    return number(params[n]) if n is not None and n < len(params) else None


class Visit:
    """One stay in a queue; instants and durations in milliseconds."""

    def __init__(self, call, queue, entered):
        self.call, self.queue, self.entered = call, queue, entered
        self.wait = self.agent = self.talk = None
        self.outcome = "waiting"

    @property
    def answered(self):
        return self.outcome == "answered"

    def open(self):
        return self.outcome == "waiting" or (
            self.answered and self.talk is None)

    def last_instant(self):
        if self.wait is None:
            return self.entered
        return self.entered + self.wait + (self.talk or 0)


class Contact:
    """One call id: its visits in the order of the log."""

    def __init__(self, call, customer):
        self.call, self.customer, self.visits = call, customer, []

    @property
    def start(self):
        return self.visits[0].entered

    @property
    def answered(self):
        return any(v.answered for v in self.visits)

    @property
    def in_progress(self):
        return any(v.answered and v.talk is None for v in self.visits)

    @property
    def agent(self):
        """Who spoke last."""
        spoke = [(v.entered + v.wait, n, v.agent)
                 for n, v in enumerate(self.visits) if v.answered]
        return max(spoke)[2] if spoke else None

    @property
    def order(self):
        return (self.start, self.call.encode())


class Reader:
    def __init__(self):
        self.contacts = {}
        self.visits = []
        self.just_emptied = set()
        self.lines = 0
        self.skipped = {}
        self.passed_over = {}
        self.stamps = []            # of good lines, in seconds
        self.agent_lines = []       # (seconds, queue, agent, event, params)
        self.starts = []

    # Lines.

    def read(self, data):
        # What follows the last newline is a line still being written.
        whole, self.unfinished = data[:data.rfind(b"\n") + 1], data[
            data.rfind(b"\n") + 1:]
        for n, line in enumerate(whole.split(b"\n")[:-1], 1):
            self.lines = n
            if line.endswith(b"\r"):
                line = line[:-1]
            self.line(n, line.decode("utf-8", "replace"))

    def skip(self, reason, n):
        self.skipped.setdefault(reason, []).append(n)

    def line(self, n, text):
        fields = text.split("|")
        if not text:
            return self.skip("empty", n)
        if len(fields) < 5 or not fields[4]:
            return self.skip("fields", n)
        seconds = number(fields[0])
        if seconds is None or seconds > 253402300799:
            return self.skip("time", n)
        call, queue, agent, event = fields[1:5]
        if not self.event(seconds, call, queue, agent, event, fields[5:]):
            self.skip("doubled", n)
        self.stamps.append(seconds)

    def event(self, seconds, call, queue, agent, event, params):
        t = seconds * MS
        if agent not in ("", "NONE"):
            self.agent_lines.append((seconds, queue, agent, event, params))
        if event == "ENTERQUEUE":
            self.enter(t, call, queue, params)
        elif event == "CONNECT":
            self.connect(t, call, queue, agent, params)
        elif event in ("COMPLETEAGENT", "COMPLETECALLER"):
            self.complete(t, call, queue, agent, at(params, 0), at(params, 1))
        elif event in ("BLINDTRANSFER", "TRANSFER"):
            self.complete(t, call, queue, agent, at(params, 2), at(params, 3))
        elif event == "ATTENDEDTRANSFER":
            first = 3 if params and params[0] == "LINK" else 2
            self.complete(t, call, queue, agent, at(params, first),
                          at(params, first + 1))
        elif event == "ABANDON" and (call, queue) in self.just_emptied:
            self.just_emptied.discard((call, queue))
            return False
        elif event in FLOWED:
            self.leave(t, call, queue, event, at(params, WAIT_AT[event]))
        elif event == "QUEUESTART":
            self.start(t)
        elif event not in NO_EFFECT + SPANS:
            self.passed_over[event] = self.passed_over.get(event, 0) + 1
        return True

    # Calls.

    def add(self, visit, customer):
        if visit.call not in self.contacts:
            self.contacts[visit.call] = Contact(visit.call, customer)
        self.contacts[visit.call].visits.append(visit)
        self.visits.append(visit)
        return visit

    def enter(self, t, call, queue, params):
        self.just_emptied = {x for x in self.just_emptied if x[0] != call}
        # A url may hold pipes: the caller id stands before the first later
        # parameter that can be a position in a queue.
        place = [n for n in range(2, len(params))
                 if len(params[n]) < 6 and number(params[n]) is not None]
        where = place[0] - 1 if place else 1
        caller = params[where] if where < len(params) else ""
        known = caller.strip().lower() not in NO_CUSTOMER
        self.add(Visit(call, queue, t), caller if known else None)

    def find(self, call, queue, outcome):
        for visit in self.visits:
            if (visit.call, visit.queue) == (call, queue) and visit.open() \
                    and visit.outcome == outcome:
                return visit
        return None

    def connect(self, t, call, queue, agent, params):
        wait = at(params, 0)
        visit = self.find(call, queue, "waiting")
        if visit is None:
            # It entered before the file began: its wait says when.
            if wait is None:
                return
            visit = self.add(Visit(call, queue, t - wait * MS), None)
        visit.wait = t - visit.entered if wait is None else wait * MS
        visit.agent, visit.outcome = agent, "answered"

    def complete(self, t, call, queue, agent, wait, talk):
        visit = self.find(call, queue, "answered")
        if visit is None:
            visit = self.masqueraded(t, queue, agent, talk)
        if visit is None and wait is not None and talk is not None:
            # An end without a beginning.
            visit = self.add(
                Visit(call, queue, t - (wait + talk) * MS), None)
            visit.wait, visit.agent = wait * MS, agent
            visit.outcome = "answered"
        if visit is None:
            return
        since = visit.entered + visit.wait
        visit.talk = max(t - since, 0) if talk is None else talk * MS

    def masqueraded(self, t, queue, agent, talk):
        """The open visit of queue and agent that was answered just then."""
        if talk is None:
            return None
        near = [(abs(v.entered + v.wait + talk * MS - t), n, v)
                for n, v in enumerate(self.visits)
                if v.answered and v.open()
                and (v.queue, v.agent) == (queue, agent)]
        near = [x for x in near if x[0] <= 2 * MS]
        return min(near)[2] if near else None

    def leave(self, t, call, queue, event, wait):
        visit = self.find(call, queue, "waiting")
        if visit is None:
            if wait is None:
                return
            visit = self.add(Visit(call, queue, t - wait * MS), None)
        visit.wait = t - visit.entered if wait is None else wait * MS
        visit.outcome = FLOWED[event]
        if event == "EXITEMPTY":
            self.just_emptied.add((call, queue))

    def start(self, t):
        """A start: what was open ended at the last line before it."""
        self.starts.append(t // MS)
        if not self.stamps:
            return
        last = self.stamps[-1] * MS
        for visit in self.visits:
            if not visit.open():
                continue
            if visit.outcome == "waiting":
                visit.outcome, visit.wait = "failed", last - visit.entered
            else:
                visit.talk = max(last - visit.entered - visit.wait, 0)


# Agents.


def union(spans):
    done = []
    for begin, until in sorted(spans):
        if done and begin <= done[-1][1]:
            done[-1][1] = max(done[-1][1], until)
        elif until > begin:
            done.append([begin, until])
    return done


def length(spans):
    return sum(until - begin for begin, until in union(spans))


def common(a, b):
    return [(max(x[0], y[0]), min(x[1], y[1])) for x in union(a)
            for y in union(b) if min(x[1], y[1]) > max(x[0], y[0])]


def agent_spans(reader, agent, now=None):
    """Log-in and pause spans of one agent in seconds, by union over queues.

    A log-in of AGENTLOGIN and its kin is kept under the queue NONE, so is a
    PAUSEALL; an UNPAUSEALL ends every pause.  A log-off or an UNPAUSE without
    a beginning tells of a span that was open when the file began (if nothing
    of that queue was heard of before).  What is open at the end goes on until
    now, or as far as the file.
    """
    begin, end = reader.stamps[0], now or reader.stamps[-1]
    lines = [x for x in reader.agent_lines if x[2] == agent]
    events = [(t, 1, n) for n, (t, *_) in enumerate(lines)]
    events += [(t, 0, None) for t in reader.starts]
    on, off, login, pause = {}, {}, [], []
    heard_login, heard_pause = set(), set()

    def close(opened, spans, queue, heard, until):
        if queue in opened:
            spans.append((opened.pop(queue), until))
        elif queue not in heard:
            spans.append((begin, until))
        heard.add(queue)

    for t, is_line, n in sorted(events):
        if not is_line:
            # The log-ins go on, unless the next line says otherwise.
            later = [x for x in lines if x[0] >= t][:1]
            for when, queue, _, event, params in later:
                told = at(params, 1) if event.endswith("LOGOFF") else None
                fresh = event == "ADDMEMBER" or event.endswith("LOGIN")
                if fresh or (told is not None and when - told > t):
                    for q in list(on):
                        close(on, login, q, heard_login, t)
                    for q in list(off):
                        close(off, pause, q, heard_pause, t)
                if not fresh and told is not None and when - told > t:
                    on[queue] = when - told
            continue
        t, queue, _, event, params = lines[n]
        if event in ("ADDMEMBER", "AGENTLOGIN", "AGENTCALLBACKLOGIN"):
            on.setdefault(queue, t)
            heard_login.add(queue)
            if params and params[0] == "PAUSED":
                off.setdefault(queue, t)
                heard_pause.add(queue)
        elif event in ("REMOVEMEMBER", "AGENTLOGOFF", "AGENTCALLBACKLOGOFF"):
            close(on, login, queue, heard_login, t)
            if queue in off:
                close(off, pause, queue, heard_pause, t)
        elif event in ("PAUSE", "PAUSEALL"):
            off.setdefault(queue, t)
            heard_pause.add(queue)
        elif event == "UNPAUSE":
            close(off, pause, queue, heard_pause, t)
            if list(off) == ["NONE"]:
                # A PAUSEALL ends with the pause in the last queue.
                close(off, pause, "NONE", heard_pause, t)
        elif event == "UNPAUSEALL":
            for q in list(off):
                close(off, pause, q, heard_pause, t)
    login += [(t, end) for t in on.values()]
    pause += [(t, end) for t in off.values()]
    return login, pause


def activity(reader):
    table = {}
    for agent in sorted({x[2] for x in reader.agent_lines
                         if x[3] in SPANS}):
        login, pause = agent_spans(reader, agent)
        ready = length(login) - length(common(login, pause))
        table[agent] = {
            # Without a log-in nothing is known of being ready.
            "ready_ms": ready * MS if login else None,
            "break_ms": length(pause) * MS if pause else None,
        }
    return table
