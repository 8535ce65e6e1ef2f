#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares what the tool says about a log with a file of expected figures.

    example_compare.py KPI EXPECTED LOG FIRST

Prints TAP, its first test numbered FIRST, and the plan at the end.
"""
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile

TOLERANCE = 1e-9


class Tap:
    def __init__(self, first):
        self.number = first - 1

    def test(self, name, faults):
        self.number += 1
        for fault in faults[:20]:
            print("# " + fault)
        print("%s %d - %s" % ("not ok" if faults else "ok", self.number, name))


class Tool:
    def __init__(self, path, store):
        self.path, self.store = path, store

    def run(self, verb, *arguments):
        done = subprocess.run([self.path, verb, self.store, *arguments],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        text = done.stdout.decode("utf-8")
        if done.returncode != 0:
            text = None
        return text, done.stderr.decode("utf-8", "replace").strip()


def expected_rows(path):
    """{(metric, shape): {group: (value, num, den, state, excluded)}}"""
    tables, others = {}, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            metric, group, text = line.rstrip("\n").split("\t")
            if metric in ("import", "activity", "repeats"):
                others.append((metric, group, text.split("|")))
                continue
            shape = "total" if group == "-" else group.split("=")[0]
            value, num, den, state, left_out = text.split("|")
            excluded = {}
            if left_out != "-":
                for part in left_out.split(","):
                    reason, count = part.split("=")
                    excluded[reason] = int(count)
            tables.setdefault((metric, shape), {})[group] = (
                None if value == "null" else float(value), int(num), int(den),
                state, excluded)
    return tables, others


def group_text(row, shape):
    if shape == "total":
        return "-" if row["group"] == {} else str(row["group"])
    if shape in ("day", "hour"):
        when = datetime.datetime.fromisoformat(row["time"])
        if shape == "hour":
            return "hour=" + when.isoformat()
        if (when.hour, when.minute, when.second) != (0, 0, 0):
            return "day=" + when.isoformat()
        return "day=" + when.strftime("%Y-%m-%d")
    name = row["group"][shape]
    return "%s=%s" % (shape, "null" if name is None else name)


def differences(want, row):
    """What of one row is not as expected."""
    value, num, den, state, excluded = want
    faults = []
    for key, right in (("numerator", num), ("denominator", den),
                       ("state", state)):
        if row.get(key) != right:
            faults.append("%s %r, not %r" % (key, row.get(key), right))
    given = {k: v for k, v in row.get("excluded", {}).items() if v}
    if given != excluded:
        faults.append("excluded %r, not %r" % (given, excluded))
    got = row.get("value")
    if (got is None) != (value is None) or (
            got is not None
            and abs(got - value) > TOLERANCE * max(1, abs(value))):
        faults.append("value %r, not %r" % (got, value))
    return faults


def compare(tool, metric, shape, want):
    words = metric.split(" ")
    arguments = [words[0]]
    for word in words[1:]:
        name = word.split("=")[0]
        arguments += (["--preset", word.split("=")[1]] if name == "preset"
                      else ["--set", word])
    if shape in ("day", "hour"):
        arguments += ["--every", shape, "--zone", "Europe/Berlin"]
    elif shape != "total":
        arguments += ["--by", shape]
    text, complaint = tool.run("measure", *arguments, "--format", "json")
    if text is None:
        return ["kpi measure %s: %s" % (" ".join(arguments), complaint)]
    faults, seen = [], set()
    only = {group[:15] for group in want} if shape == "hour" else None
    for line in text.splitlines():
        row = json.loads(line)
        if row["metric"] != words[0]:
            faults.append("a row of %s" % row["metric"])
            continue
        group = group_text(row, shape)
        if only is not None and group[:15] not in only:
            continue
        if group in want:
            if group in seen:
                faults.append("%s: twice" % group)
            seen.add(group)
            faults += ["%s: %s" % (group, x)
                       for x in differences(want[group], row)]
        elif row["state"] != "no data" and row["denominator"] != 0:
            faults.append("%s: not expected: %s" % (group, line))
        elif any(row.get("excluded", {}).values()):
            faults.append("%s: not expected: %s" % (group, line))
    faults += ["%s: no such row" % group for group in sorted(set(want) - seen)]
    return faults


def counted(text, others):
    """The import's report names the counts."""
    faults = []
    for kind, name, values in others:
        if kind == "import" and name in ("lines", "visits", "interactions"):
            near = r"\b%s\b\D*\b%s\b|\b%s\b\D*\b%s\b" % (
                values[0], name, name, values[0])
            if not re.search(near, text.replace(",", "")):
                faults.append("%s %s is not said" % (values[0], name))
    return faults


def listed(tool, others):
    """Each counted repeat is a line that names it and the one before."""
    text, complaint = tool.run("repeats")
    if text is None:
        return ["kpi repeats: " + complaint]
    lines = [set(re.split(r"[\s,;|\"]+", x)) for x in text.splitlines()]
    pairs = [(name, values[0], values[2]) for kind, name, values in others
             if kind == "repeats" and values[3] == "counted"]
    naming = {}
    for words in lines:
        for word in words:
            naming.setdefault(word, []).append(words)
    faults = ["%s after %s (first %s) is not listed" % pair for pair in pairs
              if not any(set(pair) <= words
                         for words in naming.get(pair[0], []))]
    count = sum(bool(re.search(r"\d{10}\.\d+", x)) for x in text.splitlines())
    if count != len(pairs):
        faults.append("%d repeats are listed, not %d" % (count, len(pairs)))
    return faults


def main(path, expected, log, first):
    tap = Tap(int(first))
    tables, others = expected_rows(expected)
    with tempfile.TemporaryDirectory() as folder:
        tool = Tool(os.path.abspath(path), os.path.join(folder, "store.kpi"))
        said, complaint = tool.run("import", log)
        if said is None:
            tap.test("the tool imports the log", [complaint])
        else:
            tap.test("the import counts as the independent script does",
                     counted(said + complaint, others))
            again, complaint = tool.run("import", log)
            tap.test("the log can be imported again",
                     [complaint] if again is None else [])
        for (metric, shape), want in tables.items():
            tap.test("%s, %s" % (metric, "total" if shape == "total"
                                 else "by " + shape),
                     compare(tool, metric, shape, want))
        tap.test("repeats are listed", listed(tool, others))
    print("1..%d" % tap.number)


main(*sys.argv[1:])
