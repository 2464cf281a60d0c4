"""What a page says about itself: meta elements, JSON-LD, times, its address and its language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents.formats.content import label, language_tag, web_address
from dateline.documents.formats.stamps import day_of, host_of, is_in_utc, zone_of
from dateline.documents.formats.web.json_ld import json_objects
from dateline.documents.formats.web.page_times import is_of_another, page_times
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
_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "citation_author")
_LANGUAGE = ("dc.language", "dcterms.language", "content-language", "og:locale")
_ARTICLES = ("Article", "BlogPosting", "Report", "PressRelease")  # ends of schema.org's types, `NewsArticle` and so on


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page's own word for what it is."""

    title: str | None
    source: str | None
    author: str | None
    url: str | None
    language: str | None
    published: tuple[Published, ...]
    in_utc: bool  # whether the day of publication is known in UTC alone


def page_facts(page: HtmlElement) -> PageFacts:
    """Read what a page says about itself. It is read before hidden elements are taken out: scripts are hidden too."""
    meta = _meta(page)
    article = _article(page)
    url = web_address(_link(page)) or web_address(meta.get("og:url")) or web_address(article.get("url"))
    language = (
        language_tag(article.get("inLanguage"))
        or language_tag(page.get("lang"))
        or language_tag(page.get("{http://www.w3.org/XML/1998/namespace}lang"))
        or language_tag(_first(meta, _LANGUAGE))
    )
    stamps = list(_stamps(page, meta, article))
    zone = zone_of((stamp for _, stamp in stamps), host_of(url))
    days = [(source, stamp, day) for source, stamp in stamps if (day := day_of(stamp, zone, language or ""))]
    first = next((stamp for source, stamp, _ in days if source != "modified"), "")
    return PageFacts(
        title=label(article.get("headline")) or _first(meta, _TITLE) or label(page.findtext(".//title")),
        source=label(_name(article.get("publisher"))) or _first(meta, _SOURCE),
        author=_byline(article, meta),
        url=url,
        language=language,
        published=tuple(Published(day, source) for source, _, day in days),
        in_utc=zone is None and is_in_utc(first),
    )


IN_UTC = Remark(
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
    yield from page_times(page)
    yield from (("html_meta", stamp) for stamp in (article.get("dateCreated"),) if isinstance(stamp, str))
    yield from (("modified", stamp) for stamp in (article.get("dateModified"),) if isinstance(stamp, str))
    yield from (("modified", meta[name]) for name in _MODIFIED if name in meta)


def _meta(page: HtmlElement) -> dict[str, str]:
    """Gather meta elements and properties by name in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        if name and element.get("content", "").strip():
            found.setdefault(name.strip().lower(), element.get("content"))
    for element in page.iterfind(".//*[@itemprop]"):
        name = element.get("itemprop").strip().lower()
        if name in ("datepublished", "datemodified") and not is_of_another(element):
            stamp = element.get("datetime") or element.get("content") or element.text_content()
            if stamp.strip():
                found.setdefault(name, stamp)
    return found


def _article(page: HtmlElement) -> dict[str, JsonValue]:
    """Return the page's JSON-LD about its article; where it says no day, with the day of another object that does.

    Of several articles (a page may list others) it is the one with the page's own headline or address, else the first.
    """
    scripts = [script.text or "" for script in page.iter("script") if _is_json_ld(script)]
    objects = [found for text in scripts for found in json_objects(text)]
    articles = [one for one in objects if _is_article(one)]
    dated = [one for one in objects if "datePublished" in one and not _is_site(one)]
    own = [one for one in articles if _is_of(one, page)]
    article = next(iter([*own, *articles, *dated]), {})
    if "datePublished" in article or not dated:
        return article
    return article if articles and dated[0] in articles else {**article, "datePublished": dated[0]["datePublished"]}


def _is_json_ld(script: HtmlElement) -> bool:
    return bool(script.get("type", "").strip().lower().startswith("application/ld+json"))


def _is_of(article: dict[str, JsonValue], page: HtmlElement) -> bool:
    """Return whether an object's headline or address is the page's."""
    headline = label(article.get("headline"))
    heads = [label(element.text_content()) for element in page.xpath("(.//h1)[position() < 4] | .//head/title")]
    if headline and any(head and (head == headline or head.startswith(headline)) for head in heads):
        return True
    address = _link(page)
    of_page = article.get("mainEntityOfPage")
    named = [article.get("url"), article.get("@id"), of_page.get("@id") if isinstance(of_page, dict) else of_page]
    return address is not None and address in named


def _is_site(value: dict[str, JsonValue]) -> bool:
    return value.get("@type") in ("WebSite", "Organization", "Comment", "Review", "Event")


def _is_article(value: dict[str, JsonValue]) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(_ARTICLES) for name in names)


def _name(value: JsonValue) -> JsonValue:
    """Return the name of an organisation, which JSON-LD writes as a text, an object, or a list of them."""
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return value.get("name") if isinstance(value, dict) else value


def _byline(article: dict[str, JsonValue], meta: dict[str, str]) -> str | None:
    """Name who wrote an article; some pages give an author's address in place of a name, which names nobody."""
    authors = article.get("author")
    names = [label(_name(one)) for one in (authors if isinstance(authors, list) else [authors])]
    found = [label(", ".join(filter(None, names))), *(label(meta.get(name)) for name in _AUTHOR)]
    return next((one for one in found if one and web_address(one) is None), None)


def _link(page: HtmlElement) -> str | None:
    for element in page.iter("link"):
        if "canonical" in element.get("rel", "").lower().split():
            return str(element.get("href", ""))
    return None


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := label(meta.get(name)))), None)
