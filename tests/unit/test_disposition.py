"""Names of files as browsers are told them."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.http.disposition import attachment

_WRITTEN = re.compile(r"attachment; filename=\"([A-Za-z0-9._ -]+)\"; filename\*=UTF-8''([!-~]+)")


def names(name: str) -> tuple[str, str]:
    match = _WRITTEN.fullmatch(attachment(name))
    assert match is not None
    return match[1], unquote(match[2])


@pytest.mark.parametrize(
    ("name", "plain", "shown"),
    [
        ("2024/report.pdf", "report.pdf", "report.pdf"),
        ("Köln – Bericht.pdf", "K_ln _ Bericht.pdf", "Köln – Bericht.pdf"),
        ('a"; filename="evil.exe', "a__ filename__evil.exe", 'a"; filename="evil.exe'),
        ("line\r\nSet-Cookie: a=b.txt", "lineSet-Cookie_ a_b.txt", "lineSet-Cookie: a=b.txt"),
        ("gpj.\u202eexe.txt", "gpj.exe.txt", "gpj.exe.txt"),
        ("../../", "document", "document"),
        ("..", "document", "document"),
        ("100%.txt", "100_.txt", "100%.txt"),
    ],
)
def test_a_name_is_written_for_old_and_new_programs(name: str, plain: str, shown: str) -> None:
    assert names(name) == (plain, shown)


@given(st.text(max_size=400))
def test_no_name_breaks_out_or_grows(name: str) -> None:
    plain, shown = names(name)

    assert 0 < len(plain) == len(shown) <= 150


def test_a_long_name_keeps_its_extension() -> None:
    assert names(f"{'a' * 300}.pdf")[1].endswith("a.pdf")
