"""The `time` elements of a page that say when its article was published, and those of other things on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.documents.date_line import date_line_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from dateline.documents.model import PublishedFrom

_FOREIGN_TAGS = frozenset({"nav", "aside", "footer", "menu", "form", "figure"})
# Readers' comments in the words that programs for them use, each as a whole word of a class or an id.
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-list|respond|disqus|replies|kommentare?|commentaires?|comentarios?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHERS = ("comment", "event", "review", "userreview")  # schema.org's types of what is no article
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {"p", "div", "li", "header", "section", "article", "main", "td", "th", "dd", "body", "figcaption", "address", "ul"}
)
_LONGEST_AROUND = 160  # code points; a time inside a longer block belongs to a sentence, not to the article
_SENTENCE = re.compile(r"(?=.{25}).*[.!?…。]\s*", re.DOTALL)
_AFTER_HEADLINE = 700  # code points of a standfirst, an author and a caption between a headline and its date
_BEFORE_HEADLINE = 200
_MOST = 500  # times; a page with more is a list


def page_times(page: HtmlElement) -> Iterator[tuple[PublishedFrom, str]]:
    """Yield the stamps of the times that belong to the page's article, the surest first.

    Such a time stands near the headline, in no part of the page that is about something else, and by itself; before
    the headline only where its line says that it is a date line.
    """
    headline = _headline(page)
    places = _Places(page, headline)
    sure: list[tuple[PublishedFrom, str]] = []
    near: list[tuple[PublishedFrom, str]] = []
    for element in [one for _, one in zip(range(_MOST), page.iter("time"), strict=False)]:
        stamp = element.get("datetime") or element.text_content()
        if not re.search(r"\d", stamp) or is_of_another(element) or not places.holds(element):
            continue
        around = _around(element)
        if around is None:
            continue
        before, after = around
        published = date_line_day(before, after)
        if published is False:
            near.append(("modified", stamp))
        elif "pubdate" in element.attrib:
            sure.append(("html_time", stamp))
        elif published or (places.follows(element) and not _SENTENCE.fullmatch(before + after)):
            near.append(("html_time", stamp))
    yield from [*sure, *near]


def is_of_another(element: HtmlElement) -> bool:
    """Return whether an element lies in a part of the page that is about something else: a comment, a footer."""
    for one in element.iterancestors():
        named = f"{one.get('class', '')} {one.get('id', '')}"
        if one.tag in _FOREIGN_TAGS or one.get("role") in ("navigation", "complementary", "contentinfo"):
            return True
        if one.tag not in ("body", "html") and _COMMENTS.search(named) and one.find(".//h1") is None:
            return True
        if one.get("itemtype", "").rpartition("/")[2].lower() in _OTHERS:
            return True
    return False


def _headline(page: HtmlElement) -> HtmlElement | None:
    """Find the headline: the first h1 with words, else the first heading of an article, else of the page."""
    for path in (".//h1", ".//article//h2", ".//main//h2", ".//h2"):
        for element in page.iterfind(path):
            if element.text_content().strip():
                return element
    return None


class _Places:
    """Where the elements of a page stand, in code points of its text, and which of them may be of its article."""

    def __init__(self, page: HtmlElement, headline: HtmlElement | None) -> None:
        self._starts: dict[HtmlElement, int] = {}
        at = 0
        for event, element in _walk(page):
            if event == "start":
                self._starts[element] = at
                at += len((element.text or "").strip())
            else:
                at += len((element.tail or "").strip())
        self._container = _container(headline)
        self._begin = self._starts.get(headline, 0) if headline is not None else 0
        self._end = self._begin + len(headline.text_content().strip()) if headline is not None else 0

    def holds(self, element: HtmlElement) -> bool:
        """Return whether an element is near the headline, and of its article where the page marks one."""
        start = self._starts.get(element, 0)
        if not self._begin - _BEFORE_HEADLINE <= start <= self._end + _AFTER_HEADLINE:
            return False
        own = next((one for one in element.iterancestors("article")), None)
        if own is None or self._container is None:
            return True
        return own is self._container or any(one is own for one in self._container.iterancestors("article"))

    def follows(self, element: HtmlElement) -> bool:
        """Return whether an element stands after the headline, or in one header with it."""
        return self._starts.get(element, 0) >= self._end or any(
            one.find(".//h1") is not None for one in element.iterancestors("header", "hgroup")
        )


def _walk(page: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml.etree import iterwalk

    for event, element in iterwalk(page, events=("start", "end")):
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            yield event, element


def _container(headline: HtmlElement | None) -> HtmlElement | None:
    return None if headline is None else next(iter(headline.iterancestors("article")), None)


def _around(element: HtmlElement) -> tuple[str, str] | None:
    """Return what stands before and after a time in its block; None where that is a whole paragraph."""
    block = next((one for one in element.iterancestors() if one.tag in _BLOCKS or one.tag in _HEADINGS), None)
    if block is None:
        return "", ""
    sides: list[list[str]] = [[], []]
    inside = after = False
    length = 0
    for event, one in _walk(block):
        if one is element:
            inside, after = event == "start", event == "end"
        text = one.text if event == "start" else one.tail if one is not block else ""
        if text and not inside:
            sides[after].append(text)
            length += len(text.strip())
        if length > _LONGEST_AROUND:
            return None
    before, behind = (" ".join("".join(side).split()) for side in sides)
    return before + " " * bool(before), f" {behind}"
