# SPDX-License-Identifier: MIT
"""What is said of a wrong word."""

from ._kpi import Error

_CODES = {"EINVAL": -1, "ENOTFOUND": -4}


def refusal(status, field, text):
    """The kpi.Error of a status, to be raised."""
    error = Error(text)
    error.status, error.code, error.field = status, _CODES[status], field
    return error


def _nearest(word, words):
    """The words that are near, or that end in one that is."""
    from difflib import get_close_matches

    parts = {}
    for known in words:
        for place, letter in enumerate("_" + known):
            if letter == "_":
                parts.setdefault(known[place:], []).append(known)
    near = get_close_matches(word, parts, 1)
    return parts[near[0]] if near else []


def unknown_word(caller, what, word, words):
    """The kpi.Error of a word that is none of `words`; it names the nearest.
    """
    words = [str(known) for known in words]
    near = _nearest(str(word), words)
    quoted = " or ".join(f'"{known}"' for known in near)
    return refusal("ENOTFOUND", str(word),
                   f'{caller}: there is no {what} "{word}"; ' +
                   (f"the nearest is {quoted}" if near
                    else f"expected is {', '.join(words)}"))
