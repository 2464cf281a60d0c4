"""What a format's reader finds in a file, and the small tools that the readers share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from dateline.documents.model import Published, Remark, Role

_LONGEST_LABEL: Final = 500  # a title, a publication's name or an address; in code points
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Marked:
    """Whole lines of a text, `text[start:end]`, whose role the format tells; in code points."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class Content:
    """A file's text and what the file says about itself.

    `published` holds every day that it names, in any order. `pages` are the offsets in the text at which each page
    begins, in code points; empty where the format has no pages. `recognised` are the numbers, from
    1, of pages whose text a machine recognised. `marked` are in the text's order. `wrapped`: whether a line may go on
    in the next one, as in files without marks for paragraphs. `encoding` is a Python codec's name, or
    the name of a format that has its own.
    """

    text: str
    encoding: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    recipients: str | None = None
    url: str | None = None
    language: str | None = None
    published: tuple[Published, ...] = ()
    pages: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()
    marked: tuple[Marked, ...] = ()
    wrapped: bool = True
    remarks: tuple[Remark, ...] = ()


def hidden_text(count: int) -> tuple[Remark, ...]:
    """Say how many pieces of text that nobody sees were left out; nothing where there are none."""
    return (Remark("hidden_text", f"{count} pieces of text that nobody sees were left out."),) if count else ()


def printable(text: str) -> str:
    """Give line ends as LF, and U+FFFD for each control character or half of a surrogate pair."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def label(value: object) -> str | None:
    """Give a title, a name or the like on one line and of bounded length; None where there is none."""
    if not isinstance(value, str):
        return None
    return " ".join(printable(value).split())[:_LONGEST_LABEL] or None


def web_address(value: object) -> str | None:
    """Give an address that a page may link to: only http and https, so that none runs as a script."""
    address = label(value)
    return address if address and re.match(r"https?://[^\s/]", address, re.IGNORECASE) else None


def language_tag(value: object) -> str | None:
    """Give a language as BCP 47 writes it (`de_DE` is `de-DE`); None where it is no such tag."""
    tag = (label(value) or "").replace("_", "-").partition(".")[0]
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag) else None
