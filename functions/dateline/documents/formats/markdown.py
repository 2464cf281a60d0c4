"""Markdown: its words without the marks of the format, and what its front matter says about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.documents.decode import decode
from dateline.documents.formats.content import Content, hidden_text, label, language_tag, web_address
from dateline.documents.formats.stamps import day_of, host_of, zone_of
from dateline.documents.lines import is_inside
from dateline.documents.model import Published, Remark
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from dateline.documents.limits import Limits
    from dateline.documents.model import PublishedFrom

_FENCED = re.compile(r"(?:---|\+\+\+)[ \t]*\n(.*?)^(?:---|\.\.\.|\+\+\+)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(.*)")
_FIRST = ("published", "published_at", "date", "publishdate", "pubdate", "datepublished")
_CHANGED = ("modified", "updated", "lastmod", "last_modified_at", "datemodified")
_SHOWN = {"text", "code_inline", "text_special"}
_CELLS_APART = " | "
_YAML_TAG = re.compile(r"^!!?\w+[ \t]+")
_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
_BREAKS = re.compile(r"([ \t]{0,3}\d{0,9})[-.)+][ \t]")  # where the backslash goes that makes a list's mark plain
_MARKED = re.compile(r"[ \t]*(?:[#|>]|[-*_=]{3,}[ \t]*$)")  # headings, tables, quotations and rules end with their line
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
# Attributes and elements that may hide what stands between a tag and its end, in other blocks of the text too.
_HIDES = re.compile(
    r"<[^>]*\b(?:style|hidden|aria-hidden)\b|<(?:style|template|script|noscript|dialog)\b", re.IGNORECASE
)


def read_markdown(data: bytes, limits: Limits) -> Content:
    """Read Markdown. Rejected: `no_text` (nothing but front matter or hidden text), and what decoding rejects."""
    decoded = decode(data, max_bytes=limits.max_bytes)
    match = _FENCED.match(decoded.text)
    entries = _entries(match[1]) if match else {}
    hidden: list[int] = []
    text = "\n".join(_lines(decoded.text[match.end() :] if match else decoded.text, limits, hidden))
    if not text.strip():
        raise Rejected("no_text", "there is nothing but front matter or hidden text: drop the document with its text")
    url = web_address(entries.get("url")) or web_address(entries.get("canonical"))
    return Content(
        text=text,
        encoding=decoded.encoding,
        title=label(entries.get("title")),
        source=label(entries.get("source")) or label(entries.get("publisher")),
        author=label(entries.get("author")),
        url=url,
        language=language_tag(entries.get("language")) or language_tag(entries.get("lang")),
        published=tuple(_published(entries, url)),
        wrapped=False,
        remarks=(*_unread(entries), *hidden_text(sum(hidden))),
    )


def _entries(front: str) -> dict[str, str]:
    """Read the plain entries of front matter (YAML or TOML); what is nested in others is none of ours."""
    entries: dict[str, str] = {}
    for line in front.splitlines():
        if match := _ENTRY.match(line):
            value = _YAML_TAG.sub("", match[2].strip())
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            entries[match[1].lower()] = value[1:-1] if quoted else re.sub(r"\s+#.*", "", value)
    return entries


def _published(entries: dict[str, str], url: str | None) -> Iterator[Published]:
    stamps = [entries[name] for name in (*_FIRST, *_CHANGED) if name in entries]
    zone = zone_of(stamps, host_of(url))
    sources: tuple[tuple[PublishedFrom, tuple[str, ...]], ...] = (("front_matter", _FIRST), ("modified", _CHANGED))
    for source, names in sources:
        for name in names:
            day = day_of(entries.get(name, ""), zone)
            if day:
                yield Published(day, source)


def _unread(entries: dict[str, str]) -> Iterator[Remark]:
    """Name what should say when it was published, and is no date that a program can read."""
    for name in _FIRST:
        if entries.get(name) and day_of(entries[name], None) is None:
            message = f"The front matter's `{name}` is no date that can be read: write YYYY-MM-DD."
            yield Remark("published_unreadable", message, label(entries[name]))


def _lines(text: str, limits: Limits, hidden: list[int]) -> Iterator[str]:
    """Yield what a reader sees, each paragraph, heading, list item and table row on its own line.

    `hidden` takes the numbers of pieces that nobody sees.

    Where the HTML in it may hide what stands between its tags, the whole is read as the page that it makes.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    tokens = _with_numbers(parser.parse(_escaped(text)))
    if any(_HIDES.search(one.content) for token in tokens for one in (token, *(token.children or ())) if _is_html(one)):
        from dateline.documents.formats.web.html import html_text

        shown = html_text(str(parser.renderer.render(tokens, parser.options, {})), limits)
        hidden.append(shown.hidden)
        yield shown.text
        return
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield _CELLS_APART.join(row)
            row = None
        elif token.type == "inline":
            line = _inline(token.children or ())
            if row is None:
                yield from filter(None, [line])
            else:
                row.append(line)
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block":
            yield from _html(token.content, limits, hidden)


def _escaped(text: str) -> str:
    """Escape what a wrapped line of a sentence begins with as a list does: "am" / "1. Mai"."""
    lines = text.split("\n")
    paragraph = ""
    is_code = False
    for index, line in enumerate(lines):
        is_code ^= _FENCE.match(line) is not None
        if is_code:
            continue
        before = lines[index - 1] if index else ""
        paragraph = (paragraph or line) if line.strip() and not _FENCE.match(line) else ""
        match = _BREAKS.match(line)
        if match and before.strip() and not _MARKED.match(before) and is_inside(before, line, paragraph, full=False):
            lines[index] = f"{line[: match.end(1)]}\\{line[match.end(1) :]}"
        elif match:
            paragraph = line
    return "\n".join(lines)


def _with_numbers(tokens: Sequence[Token]) -> list[Token]:
    """Put the numbers of list items into their words: "1. Mai 2019" is a list of one item to the format."""
    from markdown_it.token import Token

    numbered: list[Token] = []
    number = ""
    for token in tokens:
        if token.type == "inline" and token.children is not None and number:
            token.children.insert(0, Token("text", "", 0, content=number))
            number = ""
        elif number and token.type in ("fence", "code_block", "html_block", "hr", "list_item_close"):
            numbered.append(Token("inline", "", 0, children=[Token("text", "", 0, content=number)]))
            number = ""
        if token.type == "list_item_open" and token.info:
            number += f"{token.info}{token.markup} "
        numbered.append(token)
    return numbered


def _is_html(token: Token) -> bool:
    return token.type in ("html_block", "html_inline")


def _inline(tokens: Sequence[Token]) -> str:
    """Write a line's words. Links give their words, images and HTML tags nothing; a wrapped line goes on."""
    parts = []
    for token in tokens:
        if token.type in _SHOWN:
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts).strip()


def _html(block: str, limits: Limits, hidden: list[int]) -> Iterator[str]:
    """Yield what a block of HTML shows; most are comments, which hide text, or a single tag."""
    from dateline.documents.formats.web.html import html_text

    shown = _COMMENT.sub("", block)
    if _TAG.sub("", shown).strip():
        seen = html_text(shown, limits)
        hidden.append(seen.hidden)
        yield from filter(None, [seen.text])
