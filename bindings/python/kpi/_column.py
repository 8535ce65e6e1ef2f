# SPDX-License-Identifier: MIT
"""Columns of other libraries, as buffers and lists that the module reads.

None of them is imported: a column is asked for what it has. numpy's arrays
have buffers, but for instants, texts and masks; what is in pandas, polars or
pyarrow gives its values as an array of numpy's (__array__), but texts that
Arrow keeps are read where they are.
"""

from . import _kpi
from ._word import refusal

UNKNOWN = -2 ** 63

_FIELDS = {line["name"]: line for line in _kpi.table(_kpi.TABLE_FIELDS)}
_NO_ZONE = ("has instants without a time zone: give them one, as in pandas' "
            "column.dt.tz_localize(\"Europe/Berlin\")")


def _zone_of(column):
    """The zone that a column of pandas, polars or pyarrow states."""
    for holder, name in (("dtype", "tz"), ("dtype", "time_zone"),
                         ("type", "tz")):
        zone = getattr(getattr(column, holder, None), name, None)
        if zone is not None:
            return zone
    return None


def _unmasked(array):
    """numpy.ma: an array in which what is masked is unknown."""
    kind = array.dtype.kind
    if kind in "biu":
        return array.astype("i8").filled(UNKNOWN)
    if kind in "mM":
        time = kind + "8[ms]"
        return array.astype(time).view("i8").filled(UNKNOWN).view(time)
    if kind == "f":
        return array.filled(float("nan"))
    return array.tolist()


def _array_of(column, kind):
    """The column's values as an array of numpy's, unknown ones in it."""
    if hasattr(column, "filled") and hasattr(column, "mask"):
        return _unmasked(column)
    if hasattr(column, "__array_interface__"):
        return column
    # pandas' types that know missing values would become objects.
    inner = getattr(getattr(column, "dtype", None), "numpy_dtype", None)
    if inner is not None and hasattr(column, "to_numpy"):
        if inner.kind in "biu":
            return column.to_numpy(dtype="int64", na_value=UNKNOWN)
        if inner.kind == "f":
            return column.to_numpy(dtype="float64", na_value=float("nan"))
    if kind == "instant" and _zone_of(column) is not None:
        return column.__array__("M8[ms]")
    return column.__array__()


def _rows_of(column, name, kind):
    array = _array_of(column, kind)
    if isinstance(array, list):
        return array
    letter = array.dtype.kind
    if letter == "M" and kind == "instant":
        if array is not column and _zone_of(column) is None \
                and not hasattr(column, "filled"):
            raise refusal("EINVAL", name, f"{name} {_NO_ZONE}")
        return array.astype("M8[ms]", copy=False).view("i8")
    if letter == "m" and kind == "duration":
        return array.astype("m8[ms]", copy=False).view("i8")
    if letter in "mM":
        raise TypeError(f"{name} takes no {array.dtype}")
    if letter in "OUST" or array.ndim != 1:
        return array.tolist()
    if letter == "f" and array.dtype.itemsize not in (4, 8):
        return array.astype("f8")
    return array if array.dtype.isnative else array.astype(
        array.dtype.newbyteorder("="))


def _is_arrow_text(column):
    """Whether it is a column of texts that lie in memory as Arrow has them:
    of pyarrow, or of pandas where it keeps them so."""
    dtype = getattr(column, "dtype", getattr(column, "type", None))
    return (getattr(dtype, "storage", None) == "pyarrow"
            or str(dtype) in ("string", "large_string")
            and not hasattr(dtype, "storage")) \
        and hasattr(column, "__arrow_c_stream__")


def _plain(column, name, kind):
    if isinstance(column, tuple):
        if len(column) == 2 and hasattr(column[0], "__len__") \
                and not isinstance(column[0], (str, bytes)):
            places, texts = column
            return _plain(places, name, "count"), _plain(texts, name, kind)
        return column
    inner = getattr(column, "cat", column)
    if kind in ("text", "code") and hasattr(inner, "codes") \
            and hasattr(inner, "categories"):
        return (_plain(inner.codes, name, "count"),
                inner.categories.tolist())
    if kind == "text" and _is_arrow_text(column):
        return column.__arrow_c_stream__()
    if hasattr(column, "__array__"):
        return _rows_of(column, name, kind)
    return column


def columns_of(table):
    """The columns of a table by name: of a mapping (pandas' DataFrame is
    one), of polars or of pyarrow."""
    if hasattr(table, "keys"):
        names = table.keys()
    elif hasattr(table, "column_names"):
        names = table.column_names
    elif hasattr(table, "columns"):
        names = table.columns
    else:
        raise TypeError("add_columns() takes a table or mapping of columns, "
                        f"not {type(table).__name__}")
    return {name: table[name] for name in names}


def dated(columns):
    """The names of columns of dates: whatever year their numbers seem to be
    of, they are no seconds."""
    return [name for name, column in columns.items()
            if _zone_of(column) is not None
            or getattr(getattr(column, "dtype", None), "kind", "") == "M"]


def plain(columns):
    """Columns by name in the forms that the module reads."""
    return {name: _plain(column, name, _FIELDS[name]["kind"])
            if name in _FIELDS else column
            for name, column in columns.items()}
