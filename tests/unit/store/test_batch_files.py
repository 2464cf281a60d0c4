from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.store.batch_files import read_row_id, row_id

if TYPE_CHECKING:
    from dateline.store.store import Store

DOCUMENT = "doc_aaaaaaaaaaaaaaaaaaaa"
CONTENT = "0123456789abcdef" * 4


def test_a_request_is_named_by_its_document_and_content_in_64_characters() -> None:
    name = row_id(DOCUMENT, CONTENT)

    assert len(name) <= 64
    assert read_row_id(name) == (DOCUMENT, CONTENT[:32])


@pytest.mark.parametrize(
    "name",
    ["", "doc_a", "evt_a.0123", f"{DOCUMENT}.12", f"{DOCUMENT}.{'../' * 10}ab", f"doc_{'a' * 3_000}.{CONTENT[:32]}"],
)
def test_a_name_that_we_did_not_give_is_none(name: str) -> None:
    assert read_row_id(name) is None


def test_what_arrives_in_chunks_is_kept_in_parts_and_read_by_line_and_by_bytes(store: Store) -> None:
    lines = [f"line {number} é\n".encode() * 20_000 for number in range(60)]
    whole = b"".join(lines)

    store.batch_files.copy("reprocess/p/output", (whole[at : at + 50_001] for at in range(0, len(whole), 50_001)))

    assert b"".join(store.batch_files.lines("reprocess/p/output")) == whole
    assert sum(1 for _ in store.batch_files.lines("reprocess/p/output")) == 60 * 20_000
    assert store.batch_files.part("reprocess/p/output", 5, 20) == whole[5:20]


def test_what_failed_to_arrive_is_not_kept(store: Store) -> None:
    def broken() -> object:
        yield b"a" * 100
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        store.batch_files.copy("reprocess/p/output", broken())  # type: ignore[arg-type]

    assert not store.batch_files.exists("reprocess/p/output")


def test_a_file_of_this_machine_is_kept_and_fetched(store: Store, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"{}\n")

    store.batch_files.put("reprocess/p/requests", tmp_path / "one")
    store.batch_files.fetch("reprocess/p/requests", tmp_path / "two")

    assert (tmp_path / "two").read_bytes() == b"{}\n"


def test_the_first_completion_of_a_content_stays_until_it_is_taken(store: Store) -> None:
    store.batch_files.keep_completion("ask", CONTENT, "first")
    store.batch_files.keep_completion("ask", CONTENT[:32], "second")

    assert store.batch_files.completion("ask", CONTENT) == "first"

    store.batch_files.delete_completion("ask", CONTENT)
    assert store.batch_files.completion("ask", CONTENT) is None
