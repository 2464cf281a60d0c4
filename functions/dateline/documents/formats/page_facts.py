"""What a page says about itself: meta elements, JSON-LD, times, its address and its language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents.formats.content import label, language_tag, web_address
from dateline.documents.formats.stamps import day_of, host_of, is_in_utc, zone_of
from dateline.documents.model import Published, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement
    from pydantic import JsonValue

    from dateline.documents.model import PublishedFrom

_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "date.issued", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "publication_date", "publish-date", "publishdate",
    "pubdate", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "citation_publication_date",
    "article.published", "date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified", "lastmod",
    "last-modified", "revised",
)  # fmt: skip
_TITLE = ("og:title", "headline", "dc.title", "dcterms.title", "twitter:title", "title")
_SOURCE = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "application-name")
_LANGUAGE = ("dc.language", "dcterms.language", "content-language", "og:locale")
_ARTICLES = ("Article", "BlogPosting", "Report", "PressRelease")  # ends of schema.org's types, `NewsArticle` and so on
_LONGEST_AROUND_TIME = 120  # code points; a time inside a longer element belongs to a sentence, not to the article


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page's own word for what it is."""

    title: str | None
    source: str | None
    url: str | None
    language: str | None
    published: tuple[Published, ...]
    remarks: tuple[Remark, ...]


def page_facts(page: HtmlElement) -> PageFacts:
    """Read what a page says about itself. It is read before hidden elements are taken out: scripts are hidden too."""
    meta = _meta(page)
    article = _article(page)
    url = web_address(_link(page)) or web_address(meta.get("og:url")) or web_address(article.get("url"))
    stamps = list(_stamps(page, meta, article))
    zone = zone_of((stamp for _, stamp in stamps), host_of(url))
    days = [(source, stamp, day) for source, stamp in stamps if (day := day_of(stamp, zone))]
    first = next((stamp for source, stamp, _ in days if source != "modified"), "")
    return PageFacts(
        title=label(article.get("headline")) or _first(meta, _TITLE) or label(page.findtext(".//title")),
        source=label(_name(article.get("publisher"))) or _first(meta, _SOURCE),
        url=url,
        language=language_tag(article.get("inLanguage"))
        or language_tag(page.get("lang"))
        or language_tag(_first(meta, _LANGUAGE)),
        published=tuple(Published(day, source) for source, _, day in days),
        remarks=(_IN_UTC,) if zone is None and is_in_utc(first) else (),
    )


_IN_UTC = Remark(
    "published_in_utc",
    "The page gives its time of publication in UTC and no zone of its own: "
    "the day where it was published may be the one before or after.",
)


def _stamps(
    page: HtmlElement, meta: dict[str, str], article: dict[str, JsonValue]
) -> Iterator[tuple[PublishedFrom, str]]:
    """Yield every stamp of the page, first publication before changes."""
    yield from (("json_ld", stamp) for stamp in (article.get("datePublished"),) if isinstance(stamp, str))
    yield from (("html_meta", meta[name]) for name in _PUBLISHED if name in meta)
    yield from (("html_time", stamp) for stamp in _times(page))
    yield from (("modified", stamp) for stamp in (article.get("dateModified"),) if isinstance(stamp, str))
    yield from (("modified", meta[name]) for name in _MODIFIED if name in meta)


def _meta(page: HtmlElement) -> dict[str, str]:
    """Gather meta elements and properties by name in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and element.get("content", "").strip():
            found.setdefault(name.strip().lower(), element.get("content"))
    for element in page.xpath('.//*[@itemprop="datePublished" or @itemprop="dateModified"]'):
        stamp = element.get("datetime") or element.get("content")
        if stamp:
            found.setdefault(element.get("itemprop").lower(), stamp)
    return found


def _times(page: HtmlElement) -> Iterator[str]:
    """Yield the first time of the page that stands by itself, as in a byline."""
    for element in page.iter("time"):
        parent = element.getparent()
        around = len((parent if parent is not None else element).text_content().strip())
        if element.get("datetime") and around <= _LONGEST_AROUND_TIME:
            yield element.get("datetime")
            return


def _article(page: HtmlElement) -> dict[str, JsonValue]:
    """Return the first object of the page's JSON-LD that is an article, else one that has a day of publication."""
    objects = [found for script in page.iter("script") if _is_json_ld(script) for found in _objects(script.text or "")]
    articles = [one for one in objects if _is_article(one)]
    dated = [one for one in objects if "datePublished" in one]
    return next(iter([*articles, *dated]), {})


def _is_json_ld(script: HtmlElement) -> bool:
    return bool(script.get("type", "").strip().lower().startswith("application/ld+json"))


def _objects(text: str) -> Iterator[dict[str, JsonValue]]:
    """Yield the objects of a script, those of a graph or a list too, and nothing of one that is no JSON."""
    try:
        waiting: list[JsonValue] = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield value
            waiting.extend([value.get("@graph"), value.get("mainEntity"), value.get("mainEntityOfPage")])


def _is_article(value: dict[str, JsonValue]) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(_ARTICLES) for name in names)


def _name(value: JsonValue) -> JsonValue:
    """Return the name of an organisation, which JSON-LD writes as a text, an object, or a list of them."""
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return value.get("name") if isinstance(value, dict) else value


def _link(page: HtmlElement) -> str | None:
    for element in page.iter("link"):
        if "canonical" in element.get("rel", "").lower().split():
            return str(element.get("href", ""))
    return None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := label(meta.get(name)))), None)
