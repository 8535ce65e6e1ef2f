# SPDX-License-Identifier: MIT
"""Asks libkpi and others the same, in turn in one run; see compare.sh.

Each engine runs in a process of its own and is asked once before its times
are taken. Where two engines differ in one value of one group the run ends
with 1.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

QUESTIONS = {
    "W2": "panel of 13 KPIs over all",
    "W3": "panel by agent and month",
    "W4": "panel by queue and 15 minutes, a month",
    "W5": "panel of an agent on a day",
    "W6": "repeats and first contacts, another window each time",
    "W6 by agent and month": "the same by agent and month",
    "W6 again": "repeats and first contacts, gaps kept by all",
    "W6 again by agent and month": "those by agent and month",
    "W7": "quantiles of two times by queue",
    "W8": "customers by month",
}
LOAD = "load the CSV, into a file"
# After the questions, for they change the rows.
DURABLE = {
    "bulk": "100,000 rows by column, in a durable commit",
    "add": "one durable add",
    "thousand": "1,000 rows in a durable commit",
    "update": "an update by id, of 1,000 in a commit",
}
# In a new process, the file not in the page cache, or in it.
FIRST = {
    ("W2", "evicted"): "open a file that is not cached, W2",
    ("W5", "cached"): "open a cached file, W5",
}


class Engine:
    def __init__(self, module, folder, threads):
        here = os.path.dirname(os.path.abspath(__file__))
        self.folder = folder
        self.threads = threads
        self.command = [sys.executable, os.path.join(here, "worker.py"),
                        module, folder, str(threads)]
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True)
        answer = self._answer()
        self.name = answer["name"]
        if module != "engine_sqlite":
            self.name += f", {threads} thread{'s' * (threads > 1)}"
        self.version = answer["version"]
        self.times = {}
        self.has_gaps = False

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"an engine ended: {self.command[-3]}")
        return json.loads(line)

    def tell(self, what, argument=None):
        self.process.stdin.write(json.dumps([what, argument]) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def end(self):
        self.process.stdin.close()
        self.process.wait()

    def first(self, question):
        """Of what this process has left in files; None: nothing."""
        if not os.listdir(self.folder):
            return None
        done = subprocess.run(self.command + [question], text=True,
                              stdout=subprocess.PIPE, check=True)
        return json.loads(done.stdout)["ms"]

    def median(self, question):
        times = [ms for ms in self.times[question] if ms is not None]
        return statistics.median(times) if times else None


def key_of(key):
    return tuple("" if part is None else part for part in key)


def answers_of(engine, question):
    """Groups to values; of an agent's panel, agents that are known."""
    rows = engine.tell("rows", question)["rows"]
    return {key_of(key): values for key, values in rows
            if question != "W3" or key[0] is not None}


def compare(question, engines):
    first = answers_of(engines[0], question)
    for engine in engines[1:]:
        other = answers_of(engine, question)
        if other.keys() != first.keys():
            odd = sorted(other.keys() ^ first.keys())[:3]
            sys.exit(f"{question}: {engine.name} has other groups than "
                     f"{engines[0].name}, {odd} among them")
        for key, values in first.items():
            for place, (a, b) in enumerate(zip(values, other[key],
                                               strict=True)):
                if (a is None) != (b is None) or (
                        a is not None and
                        not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)):
                    sys.exit(f"{question} {key}, value {place}: {a!r} by "
                             f"{engines[0].name}, {b!r} by {engine.name}")


def ask(question, engines, rounds):
    for engine in engines:
        if "again" in question and not engine.has_gaps:
            engine.tell("prepare")
            engine.has_gaps = True
        engine.tell("ask", [question, 0])
    compare(question, engines)
    for turn in range(1, rounds + 1):
        for engine in engines:
            ms = engine.tell("ask", [question, turn])["ms"]
            engine.times.setdefault(question, []).append(ms)


def evict(folder):
    """Takes the files out of the system's cache."""
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.open(os.path.join(path, name), os.O_RDONLY)
            os.fsync(file)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def begin_anew(engines, rounds):
    for (question, state), what in FIRST.items():
        for _ in range(rounds):
            for engine in engines:
                if state == "evicted":
                    evict(engine.folder)
                engine.times.setdefault(what, []).append(
                    engine.first(question))


def write(engines):
    for what, said in DURABLE.items():
        for engine in engines:
            engine.times[said] = [engine.tell("durable", what)["ms"]]


def number(ms):
    return f"{ms:.3g}" if ms < 1000 else f"{ms:,.0f}"


def ratio(engines, times, threads):
    """The best peer with at most so many threads to libkpi with as many."""
    own, peers = None, []
    for engine, ms in zip(engines, times, strict=True):
        if engine["name"].startswith("libkpi"):
            own = ms if engine["threads"] == threads else own
        elif ms is not None and engine["threads"] <= threads:
            peers.append(ms)
    return f"{min(peers) / own:.1f}" if own and peers else ""


def table(report):
    """Lines of the report, libkpi first, the best peers' ratios last."""
    engines = report["engines"]
    counts = sorted({engine["threads"] for engine in engines
                     if engine["name"].startswith("libkpi")})
    lines = [["ms"] + [engine["name"] for engine in engines] +
             [f"best peer / libkpi, {count}" for count in counts]]
    for question, times in report["times"].items():
        lines.append([question] + ["-" if ms is None else number(ms)
                                   for ms in times] +
                     [ratio(engines, times, count) for count in counts])
    for what in ("peak", "size"):
        lines.append([{"peak": "peak memory, MB", "size": "file, MB"}[what]] +
                     ["-" if engine[what] is None
                      else f"{engine[what] / 1e6:,.0f}"
                      for engine in engines] + [""] * len(counts))
    widths = [max(len(line[i]) for line in lines)
              for i in range(len(lines[0]))]
    for line in lines:
        yield "  ".join([line[0].ljust(widths[0])] +
                        [text.rjust(width) for text, width
                         in zip(line[1:], widths[1:])]).rstrip()


PEERS = ("duckdb", "polars", "chdb", "sqlite")


def modules(peers, threads):
    """SQLite has one thread; all others are asked with each count of
    `threads`, in turn, for the peers differ in which is best."""
    for count in threads:
        yield "engine_libkpi", count
    for package in peers:
        if package == "sqlite":
            yield "engine_sqlite", 1
            continue
        try:
            __import__(package)
        except ImportError:
            print(f"without {package}, which is not installed")
            continue
        for count in threads:
            yield f"engine_{package}", count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", help="as bench/write makes it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=PEERS,
                        help="SQLite takes most of the time of many rows")
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--report", default="bench.json",
                        help="where the figures go, for draw.py")
    parser.add_argument("--only", nargs="*", default=list(QUESTIONS))
    parser.add_argument("--durable", action=argparse.BooleanOptionalAction,
                        default=True, help="writing, and the first answer")
    options = parser.parse_args()
    csv = os.path.abspath(options.csv)
    with open(csv, "rb") as file:
        rows = sum(block.count(b"\n") for block in
                   iter(lambda: file.read(1 << 20), b"")) - 1
    print(f"{rows:,} rows, medians of {options.rounds}, times in ms")
    with tempfile.TemporaryDirectory() as folder:
        engines = []
        for place, (module, threads) in enumerate(
                modules(options.peers, options.threads)):
            own = os.path.join(folder, str(place))
            os.mkdir(own)
            engine = Engine(module, own, threads)
            engine.times[LOAD] = [engine.tell("load", csv)["ms"]]
            print(f"{engine.name} {engine.version}: loaded in "
                  f"{number(engine.median(LOAD))}", flush=True)
            engines.append(engine)
        for question in options.only:
            ask(question, engines, options.rounds)
        peaks = [engine.tell("peak")["bytes"] for engine in engines]
        sizes = [engine.tell("size")["bytes"] for engine in engines]
        if options.durable:
            write(engines)
        for engine in engines:
            engine.end()
        if options.durable:
            begin_anew(engines, options.rounds)
        report = {
            "rows": rows,
            "rounds": options.rounds,
            "engines": [{"name": engine.name, "version": engine.version,
                         "threads": engine.threads, "peak": peak,
                         "size": size}
                        for engine, peak, size
                        in zip(engines, peaks, sizes, strict=True)],
            "times": {QUESTIONS.get(question, question):
                      [engine.median(question) for engine in engines]
                      for question in engines[0].times},
        }
    for line in table(report):
        print(line)
    with open(options.report, "w") as file:
        json.dump(report, file, indent=1)


if __name__ == "__main__":
    main()
