"""What the tests of this format are read from: files made by hand."""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise

from dateline.documents.limits import Limits
from tests.unit.documents.making import FACTS

LIMITS = Limits()
SECTOR = 512
SMALLEST = 4_096  # bytes of a stream; smaller ones lie in a stream of their own, which this writer does not make
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Streams = Mapping[str, bytes]


def compound(streams: Streams, folders: Mapping[str, Streams]) -> bytes:
    """A compound file ([MS-CFB]) of streams, some of them in folders; each starts in a sector of its own."""
    entries: list[tuple[str, int, bytes, int]] = [("Root Entry", 5, b"", -1)]  # name, kind, data, first inside
    entries += [(name, 2, data, -1) for name, data in streams.items()]
    chains = [list(range(1, len(entries)))]
    for name, inside in folders.items():
        first = len(entries) + 1
        entries.append((name, 1, b"", first))
        chains[0].append(first - 1)
        entries += [(inner, 2, data, -1) for inner, data in inside.items()]
        chains.append(list(range(first, len(entries))))
    follows = {one: other for chain in chains for one, other in pairwise(chain)}
    entries[0] = (*entries[0][:3], 1 if len(entries) > 1 else -1)

    directory_sectors = -(-len(entries) * 128 // SECTOR)
    at = 1 + directory_sectors  # the first sector holds the table, then comes the directory
    table = [FAT, *range(2, directory_sectors + 1), END]
    directory = body = b""
    for number, (name, kind, words, child) in enumerate(entries):
        data = words.ljust(SMALLEST, b"\0") if words else b""
        sectors = len(data) // SECTOR
        raw = name.encode("utf-16-le")
        directory += raw.ljust(64, b"\0") + struct.pack(
            "<HBBiii16sIQQIQ", len(raw) + 2, kind, 1, -1, follows.get(number, -1), child, b"", 0, 0, 0,
            at if data else END, len(data),
        )  # fmt: skip
        table += [*range(at + 1, at + sectors), END] if data else []
        body += data
        at += sectors
    assert len(table) <= SECTOR // 4
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 0,
        END, 0, END, 0, 0,
    )  # fmt: skip
    head += struct.pack("<108I", *[FREE] * 108)
    allocated = struct.pack(f"<{SECTOR // 4}I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    return head.ljust(SECTOR, b"\0") + allocated + directory.ljust(directory_sectors * SECTOR, b"\0") + body


def wide(words: str) -> bytes:
    return words.encode("utf-16-le")


def properties(sent: datetime | None) -> bytes:
    entries = b""
    if sent:
        ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
        entries = struct.pack("<IIQ", 0x00390040, 6, ticks)
    return bytes(32) + entries


def msg(streams: Streams, *, files: Mapping[str, str] | None = None, sent: datetime | None = None) -> bytes:
    inside = {f"__substg1.0_{name}": data for name, data in streams.items()}
    folders = {name: {"__substg1.0_3707001F": wide(file)} for name, file in (files or {}).items()}
    return compound({"__properties_version1.0": properties(sent), **inside}, folders)


MESSAGE = {
    "0037001F": wide("Lower lock closed"), "0C1A001F": wide("Ada Holm"), "5D01001F": wide("ada@moor.example"),
    "0E04001F": wide("The Desk\0"), "1000001F": wide(f"{FACTS[0]}\r\n\r\n-- \r\nAda Holm\r\n"),
}  # fmt: skip
