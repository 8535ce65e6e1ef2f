# SPDX-License-Identifier: MIT
"""A metric and its parameters, as a value."""

from datetime import timedelta

from . import _kpi
from ._word import refusal, without_unit

MILLISECOND = timedelta(milliseconds=1)


def _lines(table):
    return {line["name"]: line for line in _kpi.table(table)}


def _concerned(line):
    """The metrics that a parameter or a preset says anything about."""
    named = line["relation"].replace(",", " ").split()
    return frozenset(named or METRICS)


METRICS = _lines(_kpi.TABLE_METRICS)
PARAMETERS = _lines(_kpi.TABLE_PARAMETERS)
PRESETS = _lines(_kpi.TABLE_PRESETS)
READERS = {name: _concerned(line) for name, line in PARAMETERS.items()}
NAMED = {name: _concerned(line) for name, line in PRESETS.items()}


def _known(words, table, name):
    """The line of a name; kpi.Error names the nearest one."""
    line = words.get(name)
    return _kpi.find(table, name) if line is None else line


def text_of(parameter, value):
    """The text of a parameter's value, as the library reads it.

    `parameter` is its line of the catalogue. A str is handed through.
    """
    if isinstance(value, str):
        return value
    kind = parameter["kind"]
    if value is None:
        return "none"
    if kind == "instant":
        return _kpi.Query(0, None).instant_text(value, parameter["name"])
    if isinstance(value, timedelta):
        return f"{value // MILLISECOND}ms"
    if isinstance(value, (int, float)):
        if kind == "duration":
            raise without_unit(parameter["name"], value)
        return repr(int(value) if isinstance(value, bool) else value)
    try:
        return ",".join(sorted(value) if isinstance(value, (set, frozenset))
                        else value)
    except TypeError:
        raise TypeError(
            f"{parameter['name']} cannot be {value!r}; expected: "
            f"{parameter['values'] or kind}") from None


class Definition:
    """A metric and its parameters: Definition("service_level",
    preset="genesys", service_level_threshold="20s").

    Parameters are those of kpi.catalogue("parameters") that the metric
    reads. A value is its text ("20s", "answered,abandoned", "none"), or a
    timedelta, a number, a datetime with a time zone, a list of names, or
    None for "none". A duration is no bare number, which might be of seconds
    or milliseconds. A threshold of its own for some queues or channels is a
    mapping, with None for all others: {None: "20s", "queue": {"vip": "10s"}};
    a target of its own likewise, also for teams and agents: {None: 0.8,
    "team": {"sales": 0.9}}.

    str(definition) is the canonical text, which Definition.parse() reads;
    definitions are equal if their texts are. definition["credit"] is the
    text of a parameter's value, and definition.parameters are all of them.
    kpi.Error says what a value should have been.
    """

    __slots__ = ("_definition", "__weakref__")

    def __init__(self, metric, *, preset=None, **parameters):
        if not isinstance(metric, str):
            raise TypeError(f"a metric is a name, not {metric!r}")
        self._definition = _kpi.Definition(
            _known(METRICS, _kpi.TABLE_METRICS, metric)["number"])
        if preset is not None:
            self._definition.preset(preset)
        for name, value in parameters.items():
            self._set(_known(PARAMETERS, _kpi.TABLE_PARAMETERS, name), value)

    @classmethod
    def parse(cls, text):
        """The definition whose canonical text this is."""
        definition = cls.__new__(cls)
        definition._definition = _kpi.Definition(text)
        return definition

    def _set(self, parameter, value):
        name = parameter["name"]
        if not hasattr(value, "items"):
            self._definition.set(name, text_of(parameter, value))
            return
        for dimension, own in value.items():
            if dimension is None:
                self._definition.set(name, text_of(parameter, own))
                continue
            for key, threshold in own.items():
                self._definition.set_for(
                    name, dimension, key, text_of(parameter, threshold))

    @property
    def metric(self):
        """The name of the metric."""
        return self._definition.metric()

    @property
    def parameters(self):
        """Every parameter that the metric reads, with its value's text."""
        metric = self.metric
        return {name: self[name] for name, readers in READERS.items()
                if metric in readers}

    @property
    def words(self):
        """The definition in words: English sentences, one a line, that say
        what is divided by what, which units are counted, what is left out
        and why, and what the bounds are; each parameter that is not at its
        default is named. kpi.Error says why it could not be measured."""
        return self._definition.words()

    @property
    def fingerprint(self):
        """The canonical text in short: 16 hexadecimal digits, the same on
        every machine and in every release."""
        return self._definition.fingerprint()

    def __getitem__(self, parameter):
        return self._definition.get(parameter)

    def __str__(self):
        return str(self._definition)

    def __repr__(self):
        return f"kpi.Definition.parse({str(self)!r})"

    def __eq__(self, other):
        if not isinstance(other, Definition):
            return NotImplemented
        return str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def __reduce__(self):
        return Definition.parse, (str(self),)


def definitions_of(metrics, preset, parameters, caller):
    """Definitions of names (with the parameters that each reads) and of
    Definition objects (as they are)."""
    if preset is not None:
        _known(PRESETS, _kpi.TABLE_PRESETS, preset)
    unread = {*parameters} if preset is None else {preset, *parameters}
    found = []
    for metric in metrics:
        if isinstance(metric, Definition):
            found.append(metric)
            continue
        if not isinstance(metric, str):
            raise TypeError(f"{caller}: a metric is a name or a Definition, "
                            f"not {metric!r}")
        definition = Definition(metric)
        if preset is not None and metric in NAMED[preset]:
            definition._definition.preset(preset)
            unread.discard(preset)
        for name, value in parameters.items():
            if metric in READERS[name]:
                definition._set(PARAMETERS[name], value)
                unread.discard(name)
        found.append(definition)
    for name in unread:
        raise refusal("EINVAL", name, f"{caller}: no metric that is asked "
                                      f'for by name reads "{name}"')
    return found
