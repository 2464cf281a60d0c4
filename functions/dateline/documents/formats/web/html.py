"""A page of the web: its article without navigation, cookie banners, related links, and what nobody sees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dateline.documents.date_line import own_dates
from dateline.documents.decode import charset_in, decode_declared
from dateline.documents.formats.content import Content, hidden_text, printable
from dateline.documents.formats.web.article import find_article
from dateline.documents.formats.web.hidden import drop_hidden
from dateline.documents.formats.web.page_facts import IN_UTC, page_facts
from dateline.documents.formats.web.page_lines import page_lines
from dateline.documents.language import detect
from dateline.documents.model import Remark
from dateline.errors import Rejected
from dateline.text import primary

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from dateline.documents.formats.web.page_facts import PageFacts
    from dateline.documents.limits import Limits
    from dateline.documents.model import Published

# Comments and elements whose content is no markup, so that a `noscript` that one of them speaks of is none.
_RAW = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|noscript)(?=[\s>])[^>]*>(.*?)(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ONE_DAY = timedelta(days=1)


def read_html(data: bytes, limits: Limits) -> Content:
    """Read a page. Rejected: `nested_too_deep`, `no_text`, and what decoding rejects."""
    decoded = decode_declared(data, charset_in(data), max_bytes=limits.max_bytes)
    page = _parsed(printable(decoded.text), limits)
    facts = page_facts(page)
    hidden = drop_hidden(page)
    article = find_article(page)
    text = "\n".join(article.lines)
    if not text:
        raise Rejected("no_text", "the page shows no text: save it from a browser once it has loaded, or drop its text")
    language = facts.language or detect(text)
    published, settled = _settled(facts, text, language, article.around)
    remarks = [IN_UTC] if facts.in_utc and not settled else []
    remarks += hidden_text(hidden)
    if article.left_out:
        remarks.append(_left_out(article.left_out))
    return Content(
        text=text,
        encoding=decoded.encoding,
        title=facts.title,
        source=facts.source,
        author=facts.author,
        url=facts.url,
        language=facts.language,
        published=(*published, *_written(text, language, article.around)),
        wrapped=False,
        remarks=tuple(remarks),
    )


def _settled(facts: PageFacts, text: str, language: str, around: tuple[str, ...]) -> tuple[tuple[Published, ...], bool]:
    """Let a date line of the page settle the day of a stamp in UTC, which may be one off where it was published."""
    if not facts.in_utc or not facts.published:
        return facts.published, False
    first = facts.published[0]
    written = own_dates("\n".join((*around, text)), language, [first.day])
    near = [one.day for one in written if one.source == "text" and abs(one.day - first.day) <= _ONE_DAY]
    return (replace(first, day=near[0]), *facts.published[1:]) if near else facts.published, bool(near)


def _written(text: str, language: str, around: tuple[str, ...]) -> tuple[Published, ...]:
    """Find date lines that were left out of the text, and those in the template's language, which may be another."""
    left_out = own_dates("\n".join(around), language, [])
    if primary(detect(text)) == primary(language):
        return left_out
    return (*left_out, *own_dates(text, language, []))


def _left_out(lines: int) -> Remark:
    return Remark(
        "page_furniture",
        f"{lines} lines of the page that are none of its article (navigation, links to others, comments and the like) "
        "were left out.",
    )


class Shown(NamedTuple):
    """What a reader sees of a piece of HTML, and the number of pieces of text that nobody sees."""

    text: str
    hidden: int


def html_text(markup: str, limits: Limits) -> Shown:
    """Read all of a piece of HTML, such as a message's; it has no navigation to leave out."""
    page = _parsed(markup, limits)
    hidden = drop_hidden(page)
    return Shown("\n".join(line.text for line in page_lines(page)), hidden)


def _parsed(markup: str, limits: Limits) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # The parser's own bound would end the page in silence.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = document_fromstring(_RAW.sub(_plain_noscript, markup).encode(errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise Rejected("no_text", "the page is empty: save it again from a browser") from error
    _check_depth(page, limits.max_nesting)
    return page


def _plain_noscript(match: re.Match[str]) -> str:
    """Leave only the words of a `noscript`: to a browser with scripts what is in it is text, and balances nothing."""
    if (match[1] or "").lower() != "noscript":
        return match[0]
    words = " ".join(re.sub(r"<[^>]*>", " ", match[2] or "").replace("<", " ").split())
    return f"<noscript>{words}</noscript>"


def _check_depth(page: HtmlElement, most: int) -> None:
    level = [page]
    for _ in range(most):
        level = [child for element in level for child in element]
        if not level:
            return
    raise Rejected("nested_too_deep", f"its elements lie more than {most} deep in each other: drop its text instead")
