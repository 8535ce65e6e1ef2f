# SPDX-License-Identifier: MIT
"""Compares tests/zone_offsets with Python's zoneinfo: every zone of the
system, 1970 to 2037, offsets and wall times. Prints TAP.

Samples find the changes that the library does not know; its own changes are
then compared to the second.
"""
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone

FROM = 0
UNTIL = int(datetime(2038, 1, 1, tzinfo=timezone.utc).timestamp())
STEP = 7 * 3600 + 13 * 60
EPOCH = datetime(1970, 1, 1)


def skip(reason):
    print("1..0 # SKIP " + reason)
    sys.exit(0)


def offset(tz, t):
    return round(datetime.fromtimestamp(t, tz).utcoffset().total_seconds())


def samples(tz):
    last = None
    at = datetime.fromtimestamp
    for t in range(FROM, UNTIL, STEP):
        found = at(t, tz).utcoffset()
        if found != last:
            yield "s %d %d" % (t, round(found.total_seconds()))
            last = found


def instants(tz, wall, change):
    """First and second instant of a wall time; in a gap, the change."""
    naive = EPOCH + timedelta(seconds=wall)
    for fold in 0, 1:
        t = round(naive.replace(tzinfo=tz, fold=fold).timestamp())
        shown = datetime.fromtimestamp(t, tz).replace(tzinfo=None, fold=0)
        yield t if shown == naive else change


def expected(tz, said):
    """The lines that should stand for those the program wrote."""
    yield from samples(tz)
    change = None
    for line in said:
        kind, t = line.split()[0], int(line.split()[1])
        if kind == "c":
            change = t
            yield "c %d %d %d %d" % (
                t, offset(tz, t - 0.001), offset(tz, t), offset(tz, t + 1))
        elif kind == "w":
            yield "w %d %d %d" % (t, *instants(tz, t, change))


def ask(program, directory, names):
    """Zone name -> lines; None for one that was refused."""
    out = subprocess.run(
        [program, directory, str(FROM), str(UNTIL), str(STEP)],
        input="\n".join(names) + "\n", stdout=subprocess.PIPE,
        universal_newlines=True, check=True).stdout
    said = {}
    for line in out.splitlines():
        kind, rest = line.split(" ", 1)
        if kind == "zone":
            lines = said[rest] = []
        elif kind == "fail":
            said[rest.split()[0]] = None
        else:
            lines.append(line)
    return said


def difference(said, tz):
    if said is None:
        return "refused"
    want = list(expected(tz, said))
    for ours, theirs in zip(said, want):
        if ours != theirs:
            return "%s, not %s" % (ours, theirs)
    if len(said) != len(want):
        return "%d lines, not %d" % (len(said), len(want))
    return None


def main():
    if sys.version_info < (3, 9):
        skip("needs Python 3.9")
    import zoneinfo
    found = [d for d in zoneinfo.TZPATH if os.path.isdir(d)]
    if not found:
        skip("no tzdata")
    directory = found[0]
    names = sorted(n for n in zoneinfo.available_timezones()
                   if os.path.isfile(os.path.join(directory, n)))
    if not names:
        skip("no tzdata")

    said = ask(sys.argv[1], directory, names)
    seen = {}
    print("1..%d" % len(names), flush=True)
    for n, name in enumerate(names, 1):
        with open(os.path.join(directory, name), "rb") as file:
            content = file.read()
        # Most names are links: the same file has the same answers.
        twin = seen.get(content)
        lines = said.get(name)
        if twin is not None and lines == twin:
            wrong = None
        else:
            wrong = difference(lines, zoneinfo.ZoneInfo(name))
        seen.setdefault(content, lines)
        if wrong:
            print("# " + wrong)
        print("%s %d - %s" % ("not ok" if wrong else "ok", n, name))
    return 0


sys.exit(main())
