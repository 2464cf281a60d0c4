"""Mutations of kept seeds, the same ones in the same order every time."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence

_LARGEST = 100_000  # bytes; limits of length have tests of their own
_MOST_CHANGES = 4
_LONGEST_PIECE = 60  # bytes
_MOST_COPIES = 40
# What parsers stumble over: ends, openings, escapes, bytes that are no UTF-8, marks of direction, and great numbers.
_PIECES = (
    *(b"\0", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", "\u202e\u0130\ufeff\u2028".encode(), b"\r", b"\n\n", b"\x1a"),
    *(b"<", b">", b"</p>", b"<!--", b"]]>", b"&#x110000;", b"&nbsp", b"{", b"}", b"[", b"]", b'"', b"'", b"\\", b"|"),
    *(b"{\\", b"\\u-1?", b"\\bin9", b"\\'", b"=?utf-8?b?", b"=\r\n", b"--b", b"---\n", b"```", b"00:00"),
    *(b"0", b"-1", b"31", b"9999", b"2" * 40, b"1e999", b"NaN", b"null", b"true", b"../..", b"31 February"),
)


def mutations(seeds: Sequence[bytes], number: int) -> Iterator[bytes]:
    """Give the seeds, and then changed ones without end; the `number` decides which."""
    dice = random.Random(number)
    yield from seeds
    while True:
        seed = dice.choice(seeds)
        change = _change_a_member if seed.startswith(b"PK") and dice.random() < 0.9 else _change
        yield change(seed, seeds, dice)[:_LARGEST]


def _change(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    for _ in range(dice.randint(1, _MOST_CHANGES)):
        data = dice.choice(_CHANGES)(data, seeds, dice)
    return data


def _change_a_member(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """Change a file within a ZIP archive: its checksums keep a reader from seeing any other change."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(members))
    members[name] = _change(members[name], list(members.values()), dice)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for one, content in members.items():
            archive.writestr(one, content)
    return file.getvalue()


def _piece(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.randint(1, _LONGEST_PIECE))


def _flip(data: bytes, _seeds: Sequence[bytes], dice: random.Random) -> bytes:
    at = dice.randrange(len(data) or 1)
    return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, _seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _piece(data, dice)
    return data[:start] + data[end:]


def _end(data: bytes, _seeds: Sequence[bytes], dice: random.Random) -> bytes:
    return data[: dice.randint(0, len(data))]


def _repeat(data: bytes, _seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _piece(data, dice)
    return data[:start] + data[start:end] * dice.randint(2, _MOST_COPIES) + data[end:]


def _insert(data: bytes, _seeds: Sequence[bytes], dice: random.Random) -> bytes:
    at = dice.randint(0, len(data))
    return data[:at] + dice.choice(_PIECES) * dice.choice((1, 1, 1, 2, _MOST_COPIES)) + data[at:]


def _replace(data: bytes, _seeds: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _piece(data, dice)
    return data[:start] + dice.choice(_PIECES) + data[end:]


def _splice(data: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(seeds)
    start, end = _piece(other, dice)
    at = dice.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    *(_flip, _cut, _end, _repeat),
    *(_insert, _replace, _splice),
)
