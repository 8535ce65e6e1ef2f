# SPDX-License-Identifier: MIT
"""What chance might not bring: the example's staged calls and damage."""
from journal import (CLOCKS_BACK, CRASH, DAY, FILE_BEGIN, KNOWN_FROM,
                     LAST_ENTRY, RESTART, WEEK, berlin, utc)


def begin_of_file(centre):
    """The log was rotated at midnight, in the middle of calls and spans."""
    log, t = centre.log, FILE_BEGIN
    log.add(t, "1791151110.377", "oncall", "greta", "COMPLETECALLER", 9, 75, 1)
    log.add(t + 29, "1791151188.380", "oncall", "greta", "CONNECT", 44,
            "1791151236.381", 6)
    log.add(t + 140, "1791151188.380", "oncall", "greta", "COMPLETEAGENT", 44,
            111, 1)
    log.add(t + 33, "1791151200.384", "oncall", "NONE", "ABANDON", 2, 2, 35)
    six = berlin(10, 5, 6, 10)
    log.add(six, "NONE", "oncall", "jörg", "UNPAUSE", "")
    for agent in ("greta", "jörg"):
        log.add(berlin(10, 5, 7, 58), "CLI", "oncall", agent, "REMOVEMEMBER",
                "")
    centre.ready["greta"] = [(t + 160, berlin(10, 5, 7, 58))]
    centre.ready["jörg"] = [(six, berlin(10, 5, 7, 58))]


def settings(centre):
    """Lines that change no figure, and pauses of a kind of their own."""
    log = centre.log
    for n in range(5):
        sunday = utc(10, 11, 4) + n * WEEK
        if sunday < LAST_ENTRY:
            log.add(sunday, "NONE", "NONE", "NONE", "CONFIGRELOAD", "")
    noon = berlin(10, 13, 12)
    log.add(noon, "NONE", "support", "amira", "PENALTY", 5)
    log.add(noon, "NONE", "sales", "amira", "PENALTY", 2)
    log.add(noon + 5, "NONE", "support", "farid", "RINGINUSE", 0)
    log.add(noon + 9, "1791885609.1", "support", "NONE", "DID", "03023125000")
    log.add(noon + 11, "NONE", "NONE", "NONE", "INFO", "door|rang| twice")
    # A static member is paused; one of two queues is paused.
    log.add(noon + 60, "NONE", "support", "farid", "PAUSE", "post | parcels")
    log.add(noon + 660, "NONE", "support", "farid", "UNPAUSE", "")
    late = berlin(10, 16, 15, 40)
    log.add(late, "NONE", "support", "amira", "PAUSE", "paper")
    log.add(late + 300, "NONE", "support", "amira", "UNPAUSE", "")
    # A REMOVEMEMBER ends a pause.
    saturday = berlin(11, 7, 14)
    log.add(saturday, "MANAGER", "sales", "elif", "ADDMEMBER", "")
    log.add(saturday + 900, "NONE", "sales", "elif", "PAUSE", "tidying")
    log.add(saturday + 1500, "MANAGER", "sales", "elif", "REMOVEMEMBER", "")
    log.add(RESTART, "NONE", "NONE", "NONE", "QUEUESTART", "")


def repeats(centre):
    """Distances at, below and above the window of seven days."""
    call = centre.stage
    short = {"wait": 7, "talk": 40, "end": "COMPLETECALLER"}
    base = berlin(10, 12, 20, 45)
    for n, gap in enumerate((WEEK, WEEK + 1, WEEK - 1)):
        first = base + 120 * n
        call(first, "oncall", "0302312591%d" % n, short)
        call(first + gap, "oncall", "0302312591%d" % n, short)
    across = berlin(10, 22, 19, 30)     # a week of 169 hours by the wall clock
    call(across, "oncall", "03023125920", short)
    call(across + WEEK, "oncall", "03023125920", short)
    # An attempt before the first answer, and one after it.
    call(berlin(10, 14, 19), "oncall", "03023125930",
         {"exit": "ABANDON", "wait": 33})
    call(berlin(10, 14, 20), "oncall", "03023125930", short)
    call(berlin(10, 16, 20), "oncall", "03023125930",
         {"exit": "ABANDON", "wait": 41})
    # A chain: each within a week of the one before, the third not of the first.
    for n in range(4):
        call(berlin(10, 13, 20, 15) + n * 5 * DAY, "oncall", "03023125940",
             short)
    # Two at one instant: their ids are compared as bytes.
    same = berlin(10, 15, 21)
    call(same, "oncall", "03023125950", dict(short, id="%d.999" % same))
    call(same, "sales", "03023125950",
         {"exit": "ABANDON", "wait": 4, "id": "%d.1000" % same})
    # The first instant that is not truncated, and the last that is.
    call(KNOWN_FROM + WEEK, "oncall", "03023125960",
         dict(short))
    call(KNOWN_FROM + WEEK - 60, "oncall", "03023125962",
         {"exit": "ABANDON", "wait": 5})
    call(KNOWN_FROM + WEEK - 1, "oncall", "03023125961",
         {"exit": "ABANDON", "wait": 30})
    # The last that is decided (it fails at the last instant), one that is not.
    call(LAST_ENTRY - WEEK, "oncall", "03023125970", dict(short, talk=20))
    call(LAST_ENTRY - WEEK + 50, "oncall", "03023125971", short)
    call(LAST_ENTRY - WEEK + 1, "oncall", "03023125972",
         {"exit": "ABANDON", "wait": 12})


def borders(centre):
    """Waits at the threshold, the changed hour, a call over midnight."""
    call = centre.stage
    at = berlin(10, 20, 18, 30)
    for n, (wait, said) in enumerate(((20, 1), (21, 0), (20, 0), (21, -1),
                                      (19, 1))):
        call(at + n * 400, "oncall", "0302312580%d" % n,
             {"wait": wait, "said": said, "talk": 60, "end": "COMPLETEAGENT"})
    at = berlin(10, 27, 20)
    for n, wait in enumerate((20, 21, 19)):
        call(at + n * 100, "oncall", "0302312581%d" % n,
             {"exit": "ABANDON", "wait": wait})
    call(at + 400, "oncall", "03023125815",
         {"exit": "ABANDON", "wait": 20, "crlf": True})
    for n, minute in enumerate((-75, -52, -31, -8, -3, 0, 12, 29, 44, 66)):
        call(CLOCKS_BACK + 60 * minute, "oncall", "0302312582%d" % (n % 7),
             {"wait": 4 + 5 * n, "talk": 50, "end": "COMPLETECALLER"}
             if n % 4 != 3 else {"exit": "ABANDON", "wait": 30 + n})
    call(berlin(10, 28, 23, 59, 30), "oncall", "03023125830",
         {"wait": 62, "talk": 200, "end": "COMPLETEAGENT"})


def endings(centre):
    """Every way for a visit to end that chance might not bring."""
    call = centre.stage
    old, new = berlin(10, 8, 17, 46), berlin(11, 3, 17, 46)
    for base in (old, new):
        blind = "TRANSFER" if base == old else "BLINDTRANSFER"
        number = "0302312570%d" if base == old else "0302312571%d"
        call(base, "support", number % 0, {
            "exit": "EXITWITHTIMEOUT", "wait": 90, "next": (
                "sales", {"exit": "EXITWITHKEY", "wait": 15})})
        call(base + 10, "billing", number % 1, {
            "exit": "EXITEMPTY", "wait": 22})
        call(base + 20, "support", number % 2, {
            "exit": "SYSCOMPAT", "wait": 6, "agent": "daniel"})
        # Answered at night, handed to a queue again, which answers too.
        call(base + 7200, "oncall", number % 3, {
            "wait": 12, "talk": 95, "end": blind, "target": "640", "next": (
                "oncall", {"wait": 55, "talk": 130, "gap": 2,
                           "end": "COMPLETECALLER"})})
        call(base + 8400, "oncall", number % 4, {
            "wait": 8, "talk": 33, "end": blind, "target": "610", "next": (
                "support", {"exit": "ABANDON", "wait": 48})})
        call(base + 9000, "oncall", number % 5, {
            "wait": 14, "talk": 71, "end": "MASQUERADE"})
        call(base + 9600, "oncall", number % 6, {
            "wait": 18, "ring": 4, "talk": 52, "end": "BARE", "dump": True})
        call(base + 10200, "oncall", number % 7, {
            "wait": 25, "talk": 52, "end": "COMPLETECALLER", "alone": True})
        # An empty queue, then the same queue once more.
        call(base + 11000, "oncall", number % 8, {
            "exit": "EXITEMPTY", "wait": 31, "next": (
                "oncall", {"exit": "ABANDON", "wait": 17, "gap": 3})})
    for n, end in enumerate(("BRIDGE", "APP", "LINK", "BLINDTRANSFER")):
        call(new + DAY + 7200 + 300 * n, "oncall", "0302312572%d" % n,
             {"wait": 9 + n, "talk": 80 + n, "end": end})
    call(new + DAY + 60, "billing", "03023125730",
         {"exit": "WITHDRAW", "wait": 64})
    call(new + DAY + 80, "support", "03023125731",
         {"exit": "ABANDON", "wait": 11, "agent": "farid"})
    # Their ends cannot be read: they stay open.
    call(new + 2 * DAY + 7200, "oncall", "03023125740",
         {"wait": 10, "talk": 66, "end": "GARBLED"})
    call(new + 2 * DAY + 7500, "oncall", "03023125741",
         {"exit": "CUT", "wait": 19})
    # An end that fits nothing which is open.
    log = centre.log
    log.add(new + 2 * DAY + 9000, "%d.77" % (new + 2 * DAY + 8800), "billing",
            "amira", "COMPLETECALLER", 16, 184, 1)
    # Pipes and bytes where they do not belong.
    hours = new + 2 * DAY + 10000
    plan = {"wait": 11, "talk": 45, "end": "COMPLETEAGENT"}
    call(hours, "oncall", "03023125750",
         dict(plan, url="https://crm.example/open?id=7|tab=calls"))
    call(hours + 300, "oncall", "03023125750", plan, "Shop | Returns|3")
    call(hours + 600, "oncall", "03023125751", dict(plan, latin1=True))


def crash(centre):
    """Lost: two that wait, two that talk."""
    call = centre.stage
    call(CRASH - 31, "billing", "03023125600", {"exit": "NEVER", "wait": 0})
    call(CRASH - 5, "support", "anonymous", {"exit": "NEVER", "wait": 0})
    call(CRASH - 300, "support", "03023125601",
         {"talk": 2000, "end": "COMPLETECALLER"})
    call(CRASH - 260, "sales", "03023125602",
         {"talk": 2000, "end": "COMPLETECALLER"})
    call(CRASH, "sales", "03023125603", {"exit": "NEVER", "wait": 0})
    call(RESTART + 30, "billing", "03023125600",
         {"exit": "ABANDON", "wait": 70})


def end_of_file(centre):
    call = centre.stage
    call(LAST_ENTRY - 900, "oncall", "03023125500",
         {"wait": 13, "talk": 400, "end": "LOST", "agent": "jörg"})
    call(LAST_ENTRY - 340, "oncall", "03023125501",
         {"exit": "EXITWITHTIMEOUT", "wait": 300,
          "next": ("support", {"exit": "NEVER", "wait": 0})})
    call(LAST_ENTRY, "oncall", "03023125970", {"exit": "NEVER", "wait": 0})


def damage(lines):
    """Lines that are none, spread over the file."""
    junk = [
        b"\n",
        b"17925x0000|1792500000.9|support|NONE|ABANDON|1|1|9\n",
        b"|1792500000.9|support|NONE|ABANDON|1|1|9\n",
        b"99999999999999999999|1792500000.9|support|NONE|ABANDON|1|1|9\n",
        b"1792500000|1792500000.9\n",
        b"\x00\x00\x7f\xc3(\xa0|\x01|\x02|\xfe\xff|\x00|\x00\n",
        b"1792500000|1792500000.9|support|amira\n",
        b"Oct 20 12:00:01|1792500000.9|support|amira|CONNECT|1\n",
        b"\n",
    ]
    for n, line in enumerate(junk):
        at = 700 + n * 1201
        while int(lines[at][:10]) in range(CRASH - 3600, RESTART + 1):
            at += 1
        lines.insert(at, line)
    lines.append(b"%d|%d.9|onc" % (LAST_ENTRY, LAST_ENTRY))
