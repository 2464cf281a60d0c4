"""A page of the web: its article without navigation, cookie banners, related links, and what nobody sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateline.documents.decode import charset_in, decode_declared
from dateline.documents.formats.content import Content, printable
from dateline.documents.formats.hidden import drop_hidden
from dateline.documents.formats.page_facts import page_facts
from dateline.errors import Rejected

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from dateline.documents.limits import Limits

_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|onetrust|didomi|usercentrics|cmp|related|recommend(?:ed|ations)?|"
    r"read-?more|more-?news|newsletter|share|social|breadcrumbs?|sidebar|teaser)(?:$|[\s_-])",
    re.IGNORECASE,
)
# The library guesses what the article is. Where it keeps less of what the page itself marks as one, it guessed wrong.
_LEAST_OF_ARTICLE = 0.5
_FURNITURE_TAGS = ("nav", "aside", "footer", "form", "menu")
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "br", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tr",
        "ul",
    )
)  # fmt: skip


def read_html(data: bytes, limits: Limits) -> Content:
    """Read a page. Rejected: `nested_too_deep`, `no_text`, and what decoding rejects."""
    decoded = decode_declared(data, charset_in(data), max_bytes=limits.max_bytes)
    page = _parsed(printable(decoded.text), limits)
    facts = page_facts(page)
    drop_hidden(page)
    text = _article(page)
    if not text:
        raise Rejected("no_text", "the page shows no text: save it from a browser once it has loaded, or drop its text")
    return Content(
        text=text,
        encoding=decoded.encoding,
        title=facts.title,
        source=facts.source,
        url=facts.url,
        language=facts.language,
        published=facts.published,
        remarks=facts.remarks,
    )


def html_text(markup: str, limits: Limits) -> str:
    """Return all that a reader sees of a piece of HTML, such as a message's; it has no navigation to leave out."""
    page = _parsed(markup, limits)
    drop_hidden(page)
    return _blocks(page)


def _parsed(markup: str, limits: Limits) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # The parser's own bound would end the page in silence.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = document_fromstring(markup.encode(errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise Rejected("no_text", "the page is empty: save it again from a browser") from error
    _check_depth(page, limits.max_nesting)
    return page


def _check_depth(page: HtmlElement, most: int) -> None:
    level = [page]
    for _ in range(most):
        level = [child for element in level for child in element]
        if not level:
            return
    raise Rejected("nested_too_deep", f"its elements lie more than {most} deep in each other: drop its text instead")


def _article(page: HtmlElement) -> str:
    from trafilatura import extract

    _drop_furniture(page)
    headline = _headline(page)
    everything = _blocks(page)
    marked = max((_blocks(one) for one in page.iter("article")), key=len, default="")
    article = printable(extract(page, include_comments=False, include_tables=True) or "").strip()
    text = article or everything
    if len(text) < _LEAST_OF_ARTICLE * len(marked):
        text = marked
    return f"{headline}\n{text}" if headline and headline not in text else text


def _headline(page: HtmlElement) -> str:
    found = page.find(".//h1")
    return " ".join(found.text_content().split()) if found is not None else ""


def _drop_furniture(page: HtmlElement) -> None:
    """Take out what is named as no part of the article, unless it holds the article."""
    for element in list(page.iter()):
        named = f"{element.get('class', '')} {element.get('id', '')}"
        is_furniture = element.tag in _FURNITURE_TAGS or (element.tag in _BLOCKS and _FURNITURE.search(named))
        if is_furniture and element.getparent() is not None and not element.xpath(".//article|.//main|.//h1"):
            element.drop_tree()


def _blocks(page: HtmlElement) -> str:
    """Write what a page shows, each block on its own line."""
    from lxml.etree import iterwalk

    lines = [""]
    for event, element in iterwalk(page, events=("start", "end")):
        if element.tag in _BLOCKS:
            lines.append("")
        elif element.tag in _CELLS:
            lines[-1] += " "
        lines[-1] += (element.text if event == "start" else element.tail) or ""
    folded = (" ".join(printable(line).split()) for line in lines)
    return "\n".join(line for line in folded if line)
