# SPDX-License-Identifier: MIT
"""The Python binding: texts as Arrow has them, from whoever gives them."""

import ctypes
from ctypes import (CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int32,
                    c_int64, c_void_p, pointer, py_object)

import kpi
from tap import NINE, Case


class Schema(Structure):
    pass


class Array(Structure):
    pass


class Stream(Structure):
    pass


SCHEMA_RELEASE = CFUNCTYPE(None, POINTER(Schema))
ARRAY_RELEASE = CFUNCTYPE(None, POINTER(Array))
STREAM_RELEASE = CFUNCTYPE(None, POINTER(Stream))
GET_SCHEMA = CFUNCTYPE(c_int, POINTER(Stream), POINTER(Schema))
GET_NEXT = CFUNCTYPE(c_int, POINTER(Stream), POINTER(Array))
Schema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p),
    ("flags", c_int64), ("n_children", c_int64), ("children", c_void_p),
    ("dictionary", c_void_p), ("release", SCHEMA_RELEASE),
    ("private_data", c_void_p)]
Array._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64),
    ("n_buffers", c_int64), ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)), ("children", c_void_p),
    ("dictionary", c_void_p), ("release", ARRAY_RELEASE),
    ("private_data", c_void_p)]
Stream._fields_ = [
    ("get_schema", GET_SCHEMA), ("get_next", GET_NEXT),
    ("get_last_error", c_void_p), ("release", STREAM_RELEASE),
    ("private_data", c_void_p)]

NAME = b"arrow_array_stream"
capsule_new = ctypes.pythonapi.PyCapsule_New
capsule_new.restype = py_object
capsule_new.argtypes = [c_void_p, c_char_p, c_void_p]


class Piece:
    """An array of texts: bytes, offsets from row `first` on, and which rows
    are known."""

    def __init__(self, data, offsets, known=None, first=0, offset=c_int32):
        self.data = ctypes.create_string_buffer(data)
        self.offsets = (offset * len(offsets))(*offsets)
        self.known = known and ctypes.create_string_buffer(known)
        self.buffers = (c_void_p * 3)(
            self.known and ctypes.addressof(self.known),
            ctypes.addressof(self.offsets), ctypes.addressof(self.data))
        self.length = len(offsets) - 1 - first
        self.first = first


class Texts:
    """A column whose stream has the pieces; `left` counts what it has not got
    back."""
    type = "string"

    def __init__(self, *pieces, form=b"u", breaks=False):
        self.pieces, self.form, self.breaks = pieces, form, breaks
        self.left = 0

    def __arrow_c_stream__(self, requested=None):
        waiting = list(self.pieces)

        def returned(of):
            of.contents.release = type(of.contents.release)()
            self.left -= 1

        def schema(stream, out):
            self.left += 1
            out.contents.format = self.form
            out.contents.release = self.kept[0]
            return 0

        def more(stream, out):
            if self.breaks:
                return 5
            if waiting:
                piece = waiting.pop(0)
                self.left += 1
                out.contents.length = piece.length
                out.contents.offset = piece.first
                out.contents.n_buffers = 3
                out.contents.buffers = piece.buffers
                out.contents.release = self.kept[1]
            return 0

        self.kept = (SCHEMA_RELEASE(returned), ARRAY_RELEASE(returned),
                     STREAM_RELEASE(returned), GET_SCHEMA(schema),
                     GET_NEXT(more))
        self.stream = Stream(self.kept[3], self.kept[4], None, self.kept[2])
        self.left += 1
        return capsule_new(ctypes.addressof(self.stream), NAME, None)


def customers(texts, rows):
    store = kpi.open()
    store.add_columns(started_at=[NINE] * rows, customer=texts)
    return [call.get("customer") for call in store]


class ArrowTexts(Case):
    def test_texts_of_arrow_are_read_from_all_arrays(self):
        texts = Texts(
            Piece(b"annebob", [0, 4, 4, 7], known=b"\x05"),
            Piece(b"", [0]),
            Piece("xxüzed".encode(), [0, 2, 4, 4, 7], first=1),
            Piece(b"skipwide", [4, 8]))
        self.assertEqual(customers(texts, 7), [
            "anne", None, "bob", "ü", None, "zed", "wide"])
        self.assertEqual(texts.left, 0)
        wide = Texts(Piece(b"ab", [0, 1, 2], offset=c_int64), form=b"U")
        wide.type = "large_string"
        self.assertEqual(customers(wide, 2), ["a", "b"])
        self.assertEqual(wide.left, 0)
        self.assertEqual(customers(Texts(), 0), [])

    def test_what_is_wrong_with_texts_of_arrow_is_told(self):
        for piece in (Piece(b"ab", [0, 2, 1, 2]), Piece(b"ab", [0, 9, 2]),
                      Piece(b"ab", [2, 0]), Piece(b"ab", [-1, 2]),
                      Piece(b"a\0b", [0, 3]), Piece(b"a\xff", [0, 2])):
            texts = Texts(piece)
            wrong = self.refused("EINVAL", customers, texts, piece.length)
            self.assertEqual(wrong.field, "customer")
            self.assertEqual(texts.left, 0)
        texts = Texts(Piece(b"ab", [0, 1, 2]), Piece(b"a\0", [0, 1, 2]))
        self.assertEqual(
            self.refused("EINVAL", customers, texts, 4).line, 4)
        self.refused("EINVAL", customers, Texts(breaks=True), 0)
        self.refused("EINVAL", customers, Texts(Piece(b"a" * 2000, [0, 2000])),
                     1)
        with self.assertRaises(TypeError):
            customers(Texts(form=b"l"), 0)
        self.refused("EINVAL", customers, Texts(Piece(b"a", [0, 1])), 2)
