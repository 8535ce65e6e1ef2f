# SPDX-License-Identifier: MIT
"""A metric and its parameters, as a value."""

from datetime import datetime, timedelta, timezone

from . import _kpi

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)


def text_of(parameter, value):
    """The text of a parameter's value, as the library reads it.

    `parameter` is its line of the catalogue. A str is handed through.
    """
    kind = parameter["kind"]
    if isinstance(value, str):
        return value
    if value is None:
        return "none"
    if isinstance(value, timedelta):
        return f"{value // MILLISECOND}ms"
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError(
                f"{parameter['name']} is a datetime without a time zone")
        return value.isoformat(timespec="milliseconds")
    if isinstance(value, (int, float)):
        if kind == "duration" and isinstance(value, int):
            return f"{value}ms"
        if kind == "instant" and isinstance(value, int):
            return text_of(parameter, EPOCH + value * MILLISECOND)
        return repr(int(value) if isinstance(value, bool) else value)
    try:
        return ",".join(sorted(value) if isinstance(value, (set, frozenset))
                        else value)
    except TypeError:
        raise TypeError(
            f"{parameter['name']} cannot be {value!r}; expected: "
            f"{parameter['values'] or kind}") from None


def find_parameter(name, caller):
    """The parameter's line of the catalogue; TypeError names the nearest."""
    try:
        return _kpi.find(_kpi.TABLE_PARAMETERS, name)
    except _kpi.Error as error:
        raise TypeError(f"{caller} got an unexpected keyword argument "
                        f"{name!r}: {error}") from None


def concerns(line, metric):
    """Whether a parameter or a preset says anything about a metric; one that
    names none concerns all."""
    named = line["relation"].replace(",", " ").split()
    return not named or metric in named


class Definition:
    """A metric and its parameters: Definition("service_level",
    preset="genesys", service_level_threshold="20s").

    Parameters are those of kpi.catalogue("parameters") that the metric
    reads. A value is its text ("20s", "answered,abandoned", "none"), or a
    timedelta, a number (milliseconds, if it is a duration), a datetime with
    a time zone, a list of names, or None for "none". A threshold of its own
    for some queues or channels is a mapping, with None for all others:
    {None: "20s", "queue": {"vip": "10s"}}.

    str(definition) is the canonical text, which Definition.parse() reads;
    definitions are equal if their texts are. definition["credit"] is the
    text of a parameter's value. kpi.Error says what a value should have
    been.
    """

    __slots__ = ("_definition",)

    def __init__(self, metric, *, preset=None, **parameters):
        self._definition = _kpi.Definition(
            _kpi.find(_kpi.TABLE_METRICS, metric)["number"])
        if preset is not None:
            self._definition.preset(preset)
        for name, value in parameters.items():
            self._set(find_parameter(name, "Definition()"), value)

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
    lines = {name: find_parameter(name, caller) for name in parameters}
    rule = None if preset is None else _kpi.find(_kpi.TABLE_PRESETS, preset)
    used = set()
    found = []
    for metric in metrics:
        if isinstance(metric, Definition):
            found.append(metric)
            continue
        if not isinstance(metric, str):
            raise TypeError(f"{caller}: a metric is a name or a Definition, "
                            f"not {metric!r}")
        definition = Definition(metric)
        if rule is not None and concerns(rule, definition.metric):
            definition._definition.preset(preset)
            used.add(preset)
        for name, value in parameters.items():
            if concerns(lines[name], definition.metric):
                definition._set(lines[name], value)
                used.add(name)
        found.append(definition)
    for name in [*([] if preset is None else [preset]), *parameters]:
        if name not in used:
            raise ValueError(f"{caller}: no metric that is asked for by name "
                             f"reads {name!r}")
    return found
