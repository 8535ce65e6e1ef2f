# SPDX-License-Identifier: MIT
"""Draws what compare.py wrote: draw.py bench.json bench.svg.

For each question a bar an engine, on a scale of powers of ten: how long it
took, in times of libkpi.
"""

import json
import math
import sys
from xml.sax.saxutils import escape

ROW = 16
GAP = 14
LABEL = 240
WIDTH = 900
COLORS = ("#0a6b4f", "#5fae93", "#b85c00", "#d99a4e", "#3d5a98", "#8aa0d0", "#777777",
          "#a04070", "#d090b0")


def marks(greatest):
    """Powers of ten from 1 on that the scale shows."""
    return [10 ** n for n in range(math.ceil(math.log10(greatest)) + 1)]


def draw(report):
    engines = [engine["name"] for engine in report["engines"]]
    ratios = {question: [None if ms is None else ms / times[0]
                         for ms in times]
              for question, times in report["times"].items()}
    known = [ratio for each in ratios.values() for ratio in each
             if ratio is not None]
    least = min(min(known), 1) / 1.5
    scale = (WIDTH - LABEL - 80) / math.log10(max(known) / least)

    def x(ratio):
        return LABEL + math.log10(ratio / least) * scale

    top = 60 + ROW * len(engines)
    height = (top + 20 +
              len(ratios) * (ROW * len(engines) + GAP))
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{height}" font-family="sans-serif" font-size="11">')
    yield f'<rect width="{WIDTH}" height="{height}" fill="white"/>'
    yield (f'<text x="10" y="22" font-size="15">How long, in times of '
           f'libkpi: {report["rows"]:,} rows, medians of '
           f'{report["rounds"]}</text>')
    for place, engine in enumerate(report["engines"]):
        y = 40 + place * ROW
        yield (f'<rect x="10" y="{y}" width="12" height="10" '
               f'fill="{COLORS[place % len(COLORS)]}"/>'
               f'<text x="28" y="{y + 10}">{escape(engine["name"])} '
               f'{escape(engine["version"])}</text>')
    for mark in marks(max(known)):
        if mark > max(known) * 1.01:
            break
        yield (f'<line x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="{top}" '
               f'y2="{height - 10}" stroke="#ccc"/>'
               f'<text x="{x(mark):.1f}" y="{top - 4}" '
               f'text-anchor="middle">{mark}</text>')
    y = top + 10
    for question, each in ratios.items():
        ms = report["times"][question][0]
        yield (f'<text x="{LABEL - 8}" y="{y + 10}" text-anchor="end">'
               f'{escape(question)}</text>'
               f'<text x="{LABEL - 8}" y="{y + 24}" text-anchor="end" '
               f'fill="#666">libkpi {ms:.3g} ms</text>')
        for place, ratio in enumerate(each):
            if ratio is not None:
                yield (f'<rect x="{LABEL}" y="{y}" '
                       f'width="{x(ratio) - LABEL:.1f}" height="{ROW - 4}" '
                       f'fill="{COLORS[place % len(COLORS)]}"/>'
                       f'<text x="{x(ratio) + 4:.1f}" y="{y + 10}">'
                       f'{ratio:.3g}</text>')
            y += ROW
        y += GAP
    yield "</svg>"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1]) as file:
        report = json.load(file)
    with open(sys.argv[2], "w") as file:
        file.write("\n".join(draw(report)) + "\n")


if __name__ == "__main__":
    main()
