# SPDX-License-Identifier: MIT
"""The independent script's own account of agents' time and of backlogs.

Time is cut wherever anything begins or ends, and each piece is asked what its
state is.
"""
from truth_log import MS, agent_spans, SPANS


class Agent:
    """When one was on contact, logged in and paused, in milliseconds."""

    def __init__(self, reader, name, as_of):
        self.name = name
        self.contact = []
        for visit in reader.visits:
            if not visit.answered or visit.agent != name:
                continue
            answered = visit.entered + visit.wait
            ended = as_of if visit.talk is None else answered + visit.talk
            self.contact.append((answered, ended))
        login, pause = agent_spans(reader, name, as_of // MS + 1)
        self.login = [(b * MS, u * MS) for b, u in login]
        self.pause = [(b * MS, u * MS) for b, u in pause]
        # Who is paused and never logs in: it is not known when he was there.
        self.active = any(x[2] == name and x[3] in SPANS
                          for x in reader.agent_lines) and bool(self.login)
        if not self.active:
            self.pause = []

    def state(self, moment):
        def lies_in(spans):
            return any(b <= moment < u for b, u in spans)

        if lies_in(self.contact):
            return "contact" if self.active else "no_activity"
        if lies_in(self.pause):
            return "break"
        return "ready" if lies_in(self.login) else None

    def pieces(self, as_of, days):
        """(begin, until, state), cut at the beginnings of days too."""
        cuts = {as_of}
        for begin, until in self.contact + self.login + self.pause:
            cuts.update((begin, until))
        cuts.update(days)
        cuts = sorted(t for t in cuts if t <= as_of)
        for begin, until in zip(cuts, cuts[1:]):
            state = self.state(begin)
            if state is not None:
                yield begin, until, state


def agents_of(reader):
    named = {v.agent for v in reader.visits if v.answered}
    return named | {x[2] for x in reader.agent_lines if x[3] in SPANS}


def times(reader, as_of, days, key):
    """{group: {state: ms}}; key(agent, begin) names the group."""
    table = {}
    for name in sorted(agents_of(reader)):
        agent = Agent(reader, name, as_of)
        for begin, until, state in agent.pieces(as_of, days):
            row = table.setdefault(key(name, begin), {})
            row[state] = row.get(state, 0) + until - begin
    return table


def ended(contact):
    """When its last visit was over; None: it goes on."""
    last = contact.visits[-1]
    return None if last.open() else last.last_instant()


def backlog(contacts, at):
    """How many were open then, and how many over."""
    begun = [c for c in contacts if c.start < at]
    over = sum(ended(c) is not None and ended(c) < at for c in begun)
    return len(begun) - over, over
