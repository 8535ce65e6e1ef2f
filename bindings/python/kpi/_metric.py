# SPDX-License-Identifier: MIT
"""A method for every metric of the library, with its documentation."""

from inspect import Parameter, Signature
from textwrap import fill, indent

from ._definition import Definition, METRICS, NAMED, PARAMETERS, READERS
from ._query import QUESTIONS

UNITS = {
    "count": "a number",
    "share": "a fraction of 1",
    "ms": "milliseconds",
    "points": "points, -100 to 100",
    "mark": "a mark",
    "ratio": "a ratio",
    "money": "minor units of the store's currency",
}

MERGES = {
    "any": "in any parts",
    "customer": "if parted by customer",
    "case": "if parted by case",
    "agent": "if parted by agent",
    "once": "if one part has the roster or the expenses",
}


def _paragraph(text, indent):
    return fill(text, 76, initial_indent=indent, subsequent_indent=indent,
                break_long_words=False, break_on_hyphens=False)


def _explained(line):
    """What a parameter is, what it may be, and what it is by default."""
    return "\n".join([
        f"    {line['name']} = {line['default']}",
        _paragraph(line["sentence"], " " * 8),
        _paragraph(f"({line['kind']}: {line['values']})", " " * 8)])


EXPLAINED = {name: _explained(line) for name, line in PARAMETERS.items()}

# What many metrics read is explained once, with Definition.
COMMON = [name for name, readers in READERS.items() if len(readers) > 8]

Definition.__doc__ = "\n".join([
    Definition.__doc__ or "", "    The parameters that many metrics read:", "",
    *(indent(EXPLAINED[name], " " * 4) for name in COMMON)])


def _read(metric):
    return [name for name, readers in READERS.items() if metric in readers]


def _named(metric):
    return [name for name, metrics in NAMED.items() if metric in metrics]


def _documentation(line):
    name = line["name"]
    common = [f"{parameter}={PARAMETERS[parameter]['default']}"
              for parameter in _read(name) if parameter in COMMON]
    return "\n".join([
        line["sentence"], "",
        _paragraph(line["source"], " " * 4), "",
        f"The value is {UNITS.get(line['unit'], line['unit'])}; results "
        f"merge {MERGES.get(line['relation'], line['relation'])}.", "",
        "Keywords are those of measure(), and the parameters:", "",
        *(EXPLAINED[parameter] for parameter in _read(name)
          if parameter not in COMMON),
        "    and, as kpi.Definition explains them:",
        _paragraph(", ".join(common), " " * 8), "",
        _paragraph(f"Presets: {', '.join(_named(name))}.", ""), "",
        "Returns a kpi.Result; kpi.Error names a word or value that is wrong."
    ])


def _keyword(name, default):
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default)


_SELF = Parameter("self", Parameter.POSITIONAL_ONLY)
_ASKED = [_keyword(name, default) for name, default in QUESTIONS.items()]
_ASKED.append(_keyword("preset", None))
_OWN = {name: _keyword(name, line["default"])
        for name, line in PARAMETERS.items()}


def method_of(line):
    """The method of a metric, from its line of the catalogue."""
    name = line["name"]

    def metric(self, **keywords):
        return self._measure((name,), f"{name}()", **keywords)

    metric.__name__ = name
    metric.__qualname__ = f"Store.{name}"
    metric.__module__ = "kpi"
    metric.__doc__ = _documentation(line)
    metric.__signature__ = Signature(
        [_SELF, *_ASKED, *(_OWN[parameter] for parameter in _read(name))])
    return metric


class Metrics:
    """The metrics that a store measures, a method each."""

    __slots__ = ()


for _name, _line in METRICS.items():
    setattr(Metrics, _name, method_of(_line))
