#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Imports a log by a slow pipe, with standard error on a terminal and not.

    tool_terminal.py KPI STORE LOG
"""
import os
import pty
import subprocess
import sys
import time


def said(kpi, store, log, terminal):
    reader, writer = pty.openpty() if terminal else os.pipe()
    with subprocess.Popen([kpi, "import", store, "-"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=writer) as tool:
        os.close(writer)
        for part in (log[:400000], log[400000:500000], log[500000:]):
            tool.stdin.write(part)
            tool.stdin.flush()
            time.sleep(0.4)
        tool.stdin.close()
        tool.stdout.read()
        text = b""
        while True:
            try:
                piece = os.read(reader, 4096)
            except OSError:
                break
            if not piece:
                break
            text += piece
        os.close(reader)
    return tool.returncode, text


def main(kpi, store, log):
    with open(log, "rb") as f:
        text = f.read()
    code, shown = said(kpi, store, text, True)
    print(code, shown)
    if code != 0 or b"reading standard input" not in shown:
        return 1
    if not shown.endswith(b"\r"):
        return 1
    code, shown = said(kpi, store + ".2", text, False)
    print(code, shown)
    return 0 if code == 0 and shown == b"" else 1


sys.exit(main(*sys.argv[1:]))
