# SPDX-License-Identifier: MIT
"""What is said of a wrong word."""

from ._kpi import Error

_CODES = {"EINVAL": -1, "ENOTFOUND": -4}


def refusal(status, field, text):
    """The kpi.Error of a status, to be raised."""
    error = Error(text)
    error.status, error.code, error.field = status, _CODES[status], field
    return error


def without_unit(name, value):
    """The kpi.Error of a number that is given for a duration."""
    text = "500ms" if isinstance(value, float) else f"{value:d}s"
    return refusal("EINVAL", name,
                   f"{name} is {value!r}, a duration without a unit: give a "
                   f'timedelta or a text, as timedelta(seconds={value:g}) or '
                   f'"{text}"')


def nearest(word, words):
    """The words that are near, or that end in one that is."""
    from difflib import get_close_matches

    parts = {}
    for known in words:
        for place, letter in enumerate("_" + known):
            if letter == "_":
                parts.setdefault(known[place:], []).append(known)
    near = get_close_matches(word, parts, 1)
    return parts[near[0]] if near else []


def quoted(near):
    return " or ".join(f'"{known}"' for known in near)


def suggest(error, word, words):
    """Adds to a kpi.Error of a wrong word the nearest one, if there is any.
    """
    near = nearest(word, words)
    if near:
        error.args = (f"{error}; the nearest is {quoted(near)}",)


def unknown_word(caller, what, word, words):
    """The kpi.Error of a word that is none of `words`; it names the nearest.
    """
    words = [str(known) for known in words]
    near = nearest(str(word), words)
    return refusal("ENOTFOUND", str(word),
                   f'{caller}: there is no {what} "{word}"; ' +
                   (f"the nearest is {quoted(near)}" if near
                    else f"expected is {', '.join(words)}"))
