# SPDX-License-Identifier: MIT
"""One engine in a process of its own, asked by lines of JSON. With "first"
it opens what another process loaded, and says how long that and one answer
took."""

import gc
import importlib
import json
import resource
import statistics
import sys
import time


def peak():
    """In bytes, of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def since(begin):
    return (time.perf_counter() - begin) * 1e3


def each(call, counts):
    """The median of a call's ms over runs of consecutive numbers."""
    return statistics.median(call(numbers) for numbers in counts)


def durable(engine, what):
    """In ms: of a hundred thousand rows that come by column, of one row added
    alone, of a thousand that are committed together, of one of a thousand
    updates by id, committed together."""
    def alone(numbers):
        begin = time.perf_counter()
        engine.add(numbers)
        return since(begin)

    def together(work):
        def run(numbers):
            begin = time.perf_counter()
            engine.begin()
            work(numbers)
            engine.commit()
            return since(begin)
        return run

    if what == "bulk":
        times = []
        for first in (1_000_000, 2_000_000, 3_000_000):
            many = engine.many(range(first, first + 100_000))
            begin = time.perf_counter()
            engine.add_many(many)
            times.append(since(begin))
        return statistics.median(times)
    if what == "add":
        return each(alone, [[n] for n in range(200)])
    if what == "thousand":
        return each(together(engine.add),
                    [range(n, n + 1000) for n in range(1000, 10000, 1000)])
    engine.prepare_updates()
    # Far from each other, as customers answer.
    return each(together(engine.update),
                [[1 + (n + 97 * i) % 99991 for i in range(1000)]
                 for n in range(5)]) / 1000


def first(engine, question):
    begin = time.perf_counter()
    engine.open()
    engine.ask(question, 0)
    print(json.dumps({"ms": since(begin)}))


def main():
    module, folder, threads, *question = sys.argv[1:]
    engine = importlib.import_module(module).Engine(folder, int(threads))
    gc.disable()
    if question:
        first(engine, *question)
        return
    answer = {"name": engine.name, "version": engine.version}
    last = None
    while True:
        print(json.dumps(answer), flush=True)
        line = sys.stdin.readline()
        if not line:
            return
        what, argument = json.loads(line)
        if what == "load":
            begin = time.perf_counter()
            engine.load(argument)
            answer = {"ms": since(begin)}
        elif what == "ask":
            last = None
            begin = time.perf_counter()
            last = engine.ask(*argument)
            answer = {"ms": since(begin)}
        elif what == "prepare":
            engine.prepare()
            answer = {}
        elif what == "durable":
            answer = {"ms": durable(engine, argument)
                      if hasattr(engine, "add") else None}
        elif what == "peak":
            answer = {"bytes": peak()}
        elif what == "size":
            answer = {"bytes": engine.size()}
        else:
            answer = {"rows": engine.rows(argument, last)}


main()
