# SPDX-License-Identifier: MIT
"""What is said of a wrong word."""

from ._kpi import Error

_CODES = {"EINVAL": -1, "ENOTFOUND": -4}


def refusal(status, field, text):
    """The kpi.Error of a status, to be raised."""
    error = Error(text)
    error.status, error.code, error.field = status, _CODES[status], field
    return error


def unknown_word(caller, what, word, words):
    """The kpi.Error of a word that is none of `words`; it names the nearest.
    """
    from difflib import get_close_matches

    near = get_close_matches(str(word), [str(w) for w in words], 1)
    text = (f'the nearest is "{near[0]}"' if near
            else f"expected is {', '.join(map(str, words))}")
    return refusal("ENOTFOUND", str(word),
                   f'{caller}: there is no {what} "{word}"; {text}')
