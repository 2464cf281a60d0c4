"""What a page shows, line by line, each with where it stands and how much of it is links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.documents.formats.content import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "search",
        "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What a reader of the page uses and does not read, and readings that stand above the words they explain.
_UNREAD = frozenset(
    (
        "head", "title", "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas",
        "audio", "video", "select", "button", "input", "textarea", "datalist", "meter", "progress", "rt", "rp", "rtc",
        "annotation", "annotation-xml", "map", "frameset", "noframes",
    )
)  # fmt: skip
_CELLS_APART = " | "
_LAYOUT = ".//p | .//div | .//table | .//h1 | .//h2 | .//h3 | .//ul | .//ol | .//article | .//section | .//form"
_ADJACENT = frozenset({"a", "span", "time", "label", "small", "cite"})

_RAISED = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_NOTE_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])\s*[\])]?(?:\s*[,;–-]\s*\d{1,3})*")
_EXPONENT = re.compile(r"[+-]?\d{1,3}|n")
# What a raised figure is an exponent of: a unit, or a number too short to be a year.
_RAISABLE = re.compile(r"(?:(?<![^\W\d_])(?:[kcdmµ]?m|ft|in|yd|mi|s|x|y|[a-z])|(?<![\d.,])\d{1,3}|\d[.,]\d+|[)\]])$")

_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।։][\"'”“»«’›‹)\]]*$")
_LEAST_PROSE, _SURELY_PROSE = 25, 120  # code points; a shorter line is a label, a longer one is prose without its stop
_WIDE = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MOST_LINKED = 0.5


@dataclass(slots=True)
class PageLine:
    """A line, the element that it is the line of, and the code points of it that are links."""

    element: HtmlElement
    text: str = ""
    linked: int = 0
    parts: list[str] = field(default_factory=list)

    @property
    def prose(self) -> int:
        """How many code points of sentences it has; 0 for labels, headings and links."""
        length = len(self.text)
        if self.element.tag in HEADINGS or self.linked > _MOST_LINKED * length:
            return 0
        weight = 2 if _WIDE.search(self.text) else 1
        ended = _SENTENCE_END.search(self.text) is not None and length * weight >= _LEAST_PROSE
        return (length - self.linked) * weight if ended or length * weight >= _SURELY_PROSE else 0


def page_lines(page: HtmlElement) -> list[PageLine]:
    """Write what a page shows, each block and each row of a table on a line of its own."""
    writer = _Writer()
    writer.write(page)
    return [line for line in writer.lines if line.text]


class _Writer:
    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self._links = 0
        self._rows = 0
        self._layout: dict[HtmlElement, bool] = {}
        self._last: HtmlElement | None = None

    def write(self, page: HtmlElement) -> None:
        self._open(page)
        for element, begins in _walk(page):
            if begins:
                self._begin(element)
            else:
                self._end(element, page)
        self._close()

    def _begin(self, element: HtmlElement) -> None:
        if self._breaks(element):
            self._open(element)
        elif element.tag == "br":
            self._open(self.lines[-1].element)
        elif element.tag in _CELLS:
            self._add(_CELLS_APART if self._line().strip() else "")
        elif element.tag in _ADJACENT and self._last is not None and element.getprevious() is self._last:
            self._part(element)
        if _is_link(element):
            self._links += 1
        if element.tag == "q":
            self._add("“")
        if element.tag == "tr" and not self._is_layout(element):
            self._rows += 1
        self._last = None
        self._add(_raised(element, self._line()) if element.tag == "sup" else element.text)

    def _end(self, element: HtmlElement, page: HtmlElement) -> None:
        if _is_link(element):
            self._links -= 1
        if element.tag == "q":
            self._add("”")
        if element.tag == "tr" and not self._is_layout(element):
            self._rows -= 1
        if self._breaks(element):
            parent = element.getparent()
            self._open(element if parent is None or element is page else parent)
        if element is not page:
            self._add(element.tail)
            self._last = None if element.tail else element

    def _breaks(self, element: HtmlElement) -> bool:
        """Return whether an element begins a line; inside a row of data none does, so that the row stays one line."""
        if element.tag in _CELLS:
            return self._is_layout(element)
        if element.tag in ("tr", "table"):
            return True
        return element.tag in _BLOCKS and not self._rows

    def _is_layout(self, element: HtmlElement) -> bool:
        """Return whether a cell's table only lays out the page: it holds blocks of text, or has one cell a row."""
        table = next(iter(element.iterancestors("table")), None)
        if table is None:
            return True
        if table not in self._layout:
            self._layout[table] = _is_layout(table)
        return self._layout[table]

    def _part(self, element: HtmlElement) -> None:
        """Set apart inline elements that follow each other without a space, as styles do on the page."""
        before, after = self._line()[-1:], "".join(element.itertext())[:1]
        if before.isalnum() and (after.isupper() or after.isdigit()):
            self._add(" ")

    def _line(self) -> str:
        return "".join(self.lines[-1].parts[-3:])

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self.lines[-1].parts.append(text)
        if self._links:
            self.lines[-1].linked += len(" ".join(text.split()))

    def _open(self, element: HtmlElement) -> None:
        self._close()
        self.lines.append(PageLine(element))

    def _close(self) -> None:
        if not self.lines:
            return
        line = self.lines.pop()
        text = printable("".join(line.parts))
        kept = text.split("\n") if line.element.tag == "pre" else [text]
        for one in kept:
            folded = " ".join(one.split()).strip("|").strip() if _CELLS_APART in one else " ".join(one.split())
            if folded:
                self.lines.append(PageLine(line.element, folded, min(line.linked, len(folded))))


def _walk(page: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Yield each element where it begins and where it ends; of those that nobody reads only the end."""
    waiting: list[tuple[HtmlElement, bool]] = [(page, True)]
    while waiting:
        element, begins = waiting.pop()
        if begins and isinstance(element.tag, str) and element.tag not in _UNREAD and not _is_note(element):
            yield element, True
            waiting.append((element, False))
            waiting.extend((child, True) for child in reversed(element))
        else:
            yield element, False


def _is_link(element: HtmlElement) -> bool:
    """Return whether an element leads away from what it stands in: not to a place on the page itself."""
    return element.tag == "a" and not element.get("href", "#").startswith("#")


def _is_note(element: HtmlElement) -> bool:
    """Return whether an element is the mark of a footnote that links to it."""
    if element.tag != "sup":
        return False
    link = element.find(".//a")
    to_note = link is not None and "#" in link.get("href", "")
    return to_note and _NOTE_MARK.fullmatch("".join(element.itertext()).strip()) is not None


def _raised(element: HtmlElement, before: str) -> str | None:
    """Write a raised figure so that it does not grow onto the number before it; the mark of a footnote is none."""
    words = (element.text or "").strip()
    text: str | None = element.text
    if len(element) or not words:
        return text
    if _EXPONENT.fullmatch(words) and _RAISABLE.search(before):
        return words.translate(_RAISED)
    return None if _NOTE_MARK.fullmatch(words) and not words.isalpha() else text


def _is_layout(table: HtmlElement) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find("./caption") is not None or table.find("./thead") is not None:
        return False
    cells = table.xpath("./tr/td | ./tbody/tr/td | ./tr/th | ./tbody/tr/th")
    rows = table.xpath("./tr | ./tbody/tr")
    if len(cells) <= len(rows):
        return True
    blocks = sum(1 for cell in cells if len(cell.xpath(_LAYOUT)) > 1 or cell.find(".//table") is not None)
    return blocks > 0 and not any(cell.tag == "th" for cell in cells)
