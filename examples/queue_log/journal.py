# SPDX-License-Identifier: MIT
"""What the example's scripts share: instants, dice, the log's lines."""
import calendar

DAY = 86400
WEEK = 7 * DAY
MASK = (1 << 64) - 1


def utc(month, day, hour=0, minute=0, second=0):
    return calendar.timegm((2026, month, day, hour, minute, second))


CLOCKS_BACK = utc(10, 25, 1)


def berlin(month, day, hour=0, minute=0, second=0):
    """Berlin's wall clock; of the repeated hour, the later one."""
    t = utc(month, day, hour, minute, second)
    return t - 7200 if t - 3600 < CLOCKS_BACK else t - 3600


FILE_BEGIN = utc(10, 4, 22, 0, 11)
KNOWN_FROM = FILE_BEGIN - 84
LAST_ENTRY = berlin(11, 8, 22, 41, 7)
CRASH = berlin(10, 21, 11, 17, 42)
RESTART = CRASH + 97


class Dice:
    """Splitmix64."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def between(self, low, high):
        return low + self.next() % (high - low + 1)

    def chance(self, permille):
        return self.next() % 1000 < permille

    def pick(self, things):
        return things[self.next() % len(things)]


class Log:
    """Lines with the instant and the call that they belong to."""

    def __init__(self):
        self.lines = []

    def raw(self, when, owner, data):
        self.lines.append((when, len(self.lines), owner, data))

    def add(self, when, call, queue, agent, event, *params, owner=None):
        fields = [str(when), call, queue, agent, event]
        fields += [str(p) for p in params]
        self.raw(when, owner or call, "|".join(fields).encode() + b"\n")

    def lose(self):
        """What the exchange never wrote because it had crashed."""
        first = {}
        for when, _, owner, _ in sorted(self.lines, key=lambda x: x[:2]):
            first.setdefault(owner, when)
        special = ("NONE", "MANAGER", "CLI", "REALTIME")
        if any(CRASH < x[0] < RESTART and x[2] in special
               for x in self.lines):
            raise SystemExit("an agent's line while the exchange is down")
        self.lines = [
            x for x in self.lines
            if x[0] <= CRASH or x[2] in special or first[x[2]] > RESTART
        ]
