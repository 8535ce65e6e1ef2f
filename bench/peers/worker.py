# SPDX-License-Identifier: MIT
"""One engine in a process of its own, asked by lines of JSON."""

import gc
import importlib
import json
import resource
import sys
import time


def peak():
    """In bytes, of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main():
    module, folder, threads = sys.argv[1:]
    engine = importlib.import_module(module).Engine(folder, int(threads))
    gc.disable()
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
            answer = {"ms": (time.perf_counter() - begin) * 1e3}
        elif what == "ask":
            last = None
            begin = time.perf_counter()
            last = engine.ask(argument)
            answer = {"ms": (time.perf_counter() - begin) * 1e3}
        elif what == "peak":
            answer = {"bytes": peak()}
        elif what == "size":
            answer = {"bytes": engine.size()}
        else:
            answer = {"rows": engine.rows(argument, last)}


main()
