"""Which of a page's lines are its article: furniture is told by what it is, never by a word in its name alone.

The steps are those of Mozilla's Readability and of Trafilatura (links in proportion to text, sentences, where an
element stands), turned round: a part is kept unless something shows that it is none of the article.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.documents.formats.web.page_lines import HEADINGS, PageLine, page_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_MOST_SHARE = 0.5  # of the page's sentences: what holds more of them is the article, whatever it is called
_INNER_SHARE = 0.7
_SMALL_SHARE = 0.15
_ASIDE_SHARE = 0.25
_MOST_LINKS = 0.5  # of a part's code points
_MANY_LINKS = 0.3
_ALL_LINKS = 0.8
_COVER = 0.8  # of the weight of sentences that the element of the article holds
_LEAST_CARDS = 3  # alike in a row; two may be the halves of an article
_LONGEST_CARD = 400  # code points on average
_PART_SHARE = 0.1  # of what the element holds
_LEAST_PART = 100  # code points of sentences beside the article's own that make a part of it
_NEAR_HEADLINE = 12  # lines among which a byline and a date stand
_MOST_BETWEEN = 1_500  # code points of standfirst, authors and captions between the headline and the article
_LONGEST_DATE_LINE = 160

_ALWAYS = frozenset({"nav", "menu"})
_ASIDE = frozenset({"aside", "footer", "form"})
_ROLES = frozenset(
    ("navigation", "search", "menu", "menubar", "toolbar", "tablist", "dialog", "alertdialog", "banner", "listbox")
)
_ASIDE_ROLES = frozenset({"complementary", "contentinfo", "form"})
_GROUPS = frozenset(
    ("div", "section", "ul", "ol", "dl", "table", "tbody", "tr", "td", "figure", "header", "footer", "aside", "form",
     "article", "fieldset", "details", "center")
)  # fmt: skip
_CARDS = _GROUPS | {"li", "a"}
_CONTAINERS = frozenset({"div", "section", "article", "main", "td", "body", "html", "form", "center", "blockquote"})
# Words that name furniture. They count only together with what the part is: links, fields, place, no sentences.
_NAMES = frozenset(
    ("nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "sidebar", "footer", "cookie",
     "cookies", "consent", "gdpr", "cmp", "onetrust", "didomi", "usercentrics", "share", "sharing", "sharedaddy",
     "shares", "social", "socials", "related", "recommended", "recommendation", "recommendations", "newsletter",
     "subscribe", "subscription", "signup", "promo", "promotion", "advert", "advertisement", "advertising", "ad",
     "ads", "sponsored", "outbrain", "taboola", "popular", "trending", "mostread", "teaser", "teasers", "tags",
     "tagcloud", "taglist", "keywords", "pagination", "pager", "toolbar", "widget", "widgets", "copyright", "login",
     "register", "search", "skip", "rating", "archive", "archives", "modal", "popup", "overlay", "jp", "readmore",
     "more", "next", "prev", "previous", "bio", "vcard", "hidden", "disclaimer", "impressum", "legal", "categories",
     "category", "cats", "postmetadata", "feedback", "donate", "donation", "banner", "trackback", "pingback")
)  # fmt: skip
# The names that programs for readers' comments give to lists of them, each as a whole class or id.
_COMMENTS = re.compile(
    r"(?:(?:article|post|entry|page|user|reader|block|js|wp)[-_]{0,2})?(?:comments?|kommentare?|commentaires?)"
    r"(?:[-_]{0,2}(?:list|area|section|container|wrapper|wrap|content|thread|block|body|form|box|feed|items?))?"
    r"|commentlist|disqus(?:_thread)?|respond|comment-respond|livefyre|echo-comments",
    re.IGNORECASE,
)
_COMMENT_TAGS = frozenset({"div", "section", "ol", "ul", "li", "aside", "article", "footer"})
_LEAST_OWN = 0.03  # of the sentences of a page with long discussions that are the article's
# What names the text itself, beside a word of furniture: "post tag-related", "entry-content newsletter".
_TEXT_NAMES = frozenset({"hentry", "articlebody", "article", "entry", "post", "story", "maincontent", "fulltext"})
# WordPress writes an article's own subjects among its classes.
_SUBJECT = re.compile(r"(?:tag|category|cat|format|type|status|post|postid|single|page|template)-\S+", re.IGNORECASE)
_SHORT = 60  # code points of a label or two
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(slots=True)
class _Stats:
    length: int = 0
    linked: int = 0
    prose: int = 0
    lines: int = 0

    @property
    def links(self) -> float:
        return self.linked / self.length if self.length else 0.0


@dataclass(frozen=True, slots=True)
class Article:
    """The lines of an article, how many lines of the page are none, and those of them among which its date may be."""

    lines: tuple[str, ...]
    left_out: int
    around: tuple[str, ...]


def find_article(page: HtmlElement) -> Article:
    """Find the lines of a page's article. A page with no sentences at all is given whole."""
    lines = page_lines(page)
    headline = _headline(page)
    kept = _Finder(page, lines, headline).kept()
    if not kept:
        kept = lines
    chosen = set(map(id, kept))
    texts = {line.text for line in kept}
    left = [line for line in lines if id(line) not in chosen and line.text not in texts]
    return Article(tuple(line.text for line in kept), len(left), tuple(_around(lines, headline, left)))


def _headline(page: HtmlElement) -> HtmlElement | None:
    """Find what heads the article: a heading whose words the page's title repeats, else the first h1."""
    found = [one for one in page.iter("h1", "h2") if "".join(one.itertext()).strip()]
    title = " ".join((page.findtext(".//title") or "").split()).lower()
    first = (one for one in found if one.tag == "h1")
    return next((one for one in found if _is_in(one, title)), next(first, None))


def _is_in(heading: HtmlElement, title: str) -> bool:
    words = " ".join("".join(heading.itertext()).split()).lower()
    return words in title and len(words.split()) > 1


def _around(lines: list[PageLine], headline: HtmlElement | None, left: list[PageLine]) -> Iterable[str]:
    """Yield the short lines near the headline that are left out of the article."""
    at = next((index for index, line in enumerate(lines) if line.element is headline), 0)
    near = lines[max(0, at - _NEAR_HEADLINE // 2) : at + _NEAR_HEADLINE]
    out = set(map(id, left))
    return (line.text for line in near if id(line) in out and len(line.text) <= _LONGEST_DATE_LINE)


class _Finder:
    """Walks down a page, drops furniture, and finds the smallest element that holds what is left."""

    def __init__(self, page: HtmlElement, lines: list[PageLine], headline: HtmlElement | None) -> None:
        self._page = page
        self._lines = lines
        self._headline = headline
        self._heads = set(headline.iterancestors()) | {headline} if headline is not None else set()
        self._stats = _count(lines)
        self._alike: dict[HtmlElement, dict[tuple[str, str], _Stats]] = {}
        self._dropped = self._comments()
        self._total = self._of(page).prose - sum(self._of(one).prose for one in self._dropped)
        self._main = self._marked()

    def kept(self) -> list[PageLine]:
        self._drop()
        left = [line for line in self._lines if not self._is_dropped(line.element)]
        container = self._container(left)
        inside = [line for line in left if _holds(container, line.element)]
        return self._without_orphans([*self._before(left, inside), *inside])

    def _without_orphans(self, kept: list[PageLine]) -> list[PageLine]:
        """Leave out headings of what was dropped: no line that is kept stands between them and the next heading."""
        places = {id(line): at for at, line in enumerate(self._lines)}
        orphans = set()
        for at, line in enumerate(kept):
            if line.element.tag not in HEADINGS or line.element is self._headline:
                continue
            following = kept[at + 1] if at + 1 < len(kept) else None
            if following is None or following.element.tag in HEADINGS:
                after = self._lines[places[id(line)] + 1 : places[id(following)] if following else None]
                if any(self._is_dropped(one.element) for one in after):
                    orphans.add(id(line))
        return [line for line in kept if id(line) not in orphans]

    def _of(self, element: HtmlElement) -> _Stats:
        return self._stats.get(element) or _Stats()

    def _marked(self) -> HtmlElement | None:
        """Find the element that the page marks as its article: the innermost that holds most of its sentences."""
        found, least = None, _MOST_SHARE * self._total
        for one in self._page.xpath(".//*[@itemprop='articleBody'] | .//article | .//main | .//*[@role='main']"):
            nested = found is not None and found.tag == one.tag == "article"
            if self._of(one).prose > least and not nested and not self._is_dropped(one):
                found, least = one, _INNER_SHARE * self._of(one).prose
        return found

    def _comments(self) -> set[HtmlElement]:
        """Find what readers wrote, which may be more than the article itself; an article's own text is none."""
        found = {
            element
            for element in self._stats
            if element.tag in _COMMENT_TAGS and element not in self._heads and _is_comment(element)
        }
        outermost = {one for one in found if not any(above in found for above in one.iterancestors())}
        own = self._of(self._page).prose - sum(self._of(one).prose for one in outermost)
        return outermost if own > _LEAST_OWN * self._of(self._page).prose else set()

    def _drop(self) -> None:
        waiting = [self._page]
        while waiting:
            element = waiting.pop()
            children = [child for child in element if child in self._stats]
            cards = self._cards(children)
            for child in children:
                if child in cards or self._is_furniture(child):
                    self._dropped.add(child)
                elif child not in self._dropped:
                    waiting.append(child)

    def _is_furniture(self, element: HtmlElement) -> bool:
        if element in self._heads or element is self._main:
            return False
        stats = self._of(element)
        share = stats.prose / self._total if self._total else 0.0
        if share > _MOST_SHARE:
            return False
        role = element.get("role", "").lower()
        if element.tag in _ALWAYS or role in _ROLES or self._is_aside(element, role, stats, share):
            return True
        return self._is_links(element, stats) or self._is_named(element, stats, share)

    def _is_aside(self, element: HtmlElement, role: str, stats: _Stats, share: float) -> bool:
        if element.tag not in _ASIDE and role not in _ASIDE_ROLES:
            return False
        if self._holds_main(element) or share > _ASIDE_SHARE:
            return False
        inside = self._main is not None and _holds(self._main, element)
        return not inside or not stats.prose or stats.links > _MANY_LINKS or _has_fields(element) or _is_named(element)

    def _holds_main(self, element: HtmlElement) -> bool:
        return self._main is not None and _holds(element, self._main)

    def _is_links(self, element: HtmlElement, stats: _Stats) -> bool:
        """Return whether a part is nothing but links, as menus and lists of other articles are."""
        if element.tag in _GROUPS and stats.lines > 1:
            return stats.links > _MOST_LINKS and stats.prose < _MOST_LINKS * stats.length
        if not self._total or stats.links <= _ALL_LINKS or stats.prose or not self._is_among_links(element):
            return False
        return element.tag in _GROUPS or element.tag in ("p", "li")

    def _is_among_links(self, element: HtmlElement) -> bool:
        """Return whether what is like an element beside it is links too: one link in a list of other things is kept."""
        if element.tag == "p":
            return True
        parent = element.getparent()
        if parent not in self._alike:
            sums: dict[tuple[str, str], _Stats] = {}
            for one in parent:
                if one in self._stats:
                    alike = sums.setdefault(_likeness(one), _Stats())
                    alike.length += self._stats[one].length
                    alike.linked += self._stats[one].linked
            self._alike[parent] = sums
        return self._alike[parent][_likeness(element)].links > _MOST_LINKS

    def _is_named(self, element: HtmlElement, stats: _Stats, share: float) -> bool:
        """Return whether a part is called furniture, and is it by what it holds or where it stands."""
        if element.tag not in _GROUPS and element.tag not in ("p", "span", "ul", "li"):
            return False
        if not _is_named(element) or element.get("itemprop") == "articleBody":
            return False
        if not stats.prose:
            return stats.links > _MANY_LINKS or stats.length <= _SHORT or (share == 0 and _has_fields(element))
        outside = self._main is not None and not _holds(self._main, element) and not self._holds_main(element)
        if share <= _ASIDE_SHARE and _has_fields(element):
            return True
        return share <= _SMALL_SHARE and (outside or stats.links > _MANY_LINKS)

    def _cards(self, children: list[HtmlElement]) -> set[HtmlElement]:
        """Return the children that are cards of other articles: alike, in a row, short, each headed by a link."""
        alike = Counter(_likeness(child) for child in children)
        found = set()
        for child in children:
            few = alike[_likeness(child)] < _LEAST_CARDS
            if few or child in self._heads or child is self._main or child.tag not in _CARDS:
                continue
            stats = self._of(child)
            if stats.length <= _LONGEST_CARD and stats.prose < _MOST_SHARE * self._total and _is_card(child):
                found.add(child)
        held = sum(self._of(child).prose for child in found)
        return found if held <= _MOST_SHARE * self._total else set()

    def _is_dropped(self, element: HtmlElement) -> bool:
        return element in self._dropped or any(one in self._dropped for one in element.iterancestors())

    def _container(self, left: list[PageLine]) -> HtmlElement:
        """Find the smallest element that holds most of the sentences that are left."""
        if self._main is not None:
            return self._main
        weights: dict[HtmlElement, float] = {}
        for line in left:
            weight = line.prose**1.5 + (0 if line.element.tag in HEADINGS else (len(line.text) - line.linked) / 2)
            if weight:
                for one in (line.element, *line.element.iterancestors()):
                    weights[one] = weights.get(one, 0) + weight
        element = self._page
        while True:
            inner = max(element, key=lambda child: weights.get(child, 0), default=None)
            if (
                inner is None
                or weights.get(inner, 0) < _COVER * weights.get(self._page, 0)
                or not weights.get(inner, 0)
            ):
                break
            element = inner
        marked = [one for one in (element, *element.iterancestors()) if _is_marked(one)]
        if marked:
            return marked[0]
        while element.tag not in _CONTAINERS and element.getparent() is not None:
            element = element.getparent()
        return self._with_siblings(element, weights)

    def _with_siblings(self, element: HtmlElement, weights: dict[HtmlElement, float]) -> HtmlElement:
        """Go up as far as what stands beside the element holds sentences of its kind: it is one of several parts."""
        found = element
        while (parent := element.getparent()) is not None and parent.tag != "html":
            beside = [one for one in parent if one is not element and weights.get(one, 0) and one not in self._dropped]
            if any(self._is_part(one, element) for one in beside):
                found = parent
            element = parent
        return found

    def _is_part(self, beside: HtmlElement, element: HtmlElement) -> bool:
        stats = self._of(beside)
        if _is_named(beside) or stats.links > _MANY_LINKS or not stats.prose:
            return False
        if _likeness(beside) == _likeness(element) or beside.tag in ("p", "blockquote", "tr", "td"):
            return True
        inside = element.getparent().tag != "body"
        return inside and stats.prose >= max(_LEAST_PART, _PART_SHARE * self._of(element).prose)

    def _before(self, left: list[PageLine], inside: list[PageLine]) -> list[PageLine]:
        """Return the headline and what stands between it and the article, where they are near each other."""
        if self._headline is None or any(
            line.element in self._heads and line.element is self._headline for line in inside
        ):
            return []
        first = id(inside[0]) if inside else None
        begin = next((at for at, line in enumerate(left) if line.element is self._headline), None)
        end = next((at for at, line in enumerate(left) if id(line) == first), len(left))
        if begin is None:
            return []
        if begin > end:
            return left[begin : begin + 1]
        between = left[begin + 1 : end]
        near = sum(len(line.text) for line in between) <= _MOST_BETWEEN
        return [left[begin], *(between if near else [])]


def _count(lines: list[PageLine]) -> dict[HtmlElement, _Stats]:
    """Sum up what each element holds. Its elements are kept, since a new proxy would be another key."""
    stats: dict[HtmlElement, _Stats] = {}
    for line in lines:
        prose = line.prose
        for element in (line.element, *line.element.iterancestors()):
            one = stats.setdefault(element, _Stats())
            one.length += len(line.text)
            one.linked += line.linked
            one.prose += prose
            one.lines += 1
    return stats


def _holds(element: HtmlElement, inner: HtmlElement) -> bool:
    return inner is element or any(one is element for one in inner.iterancestors())


def _is_marked(element: HtmlElement) -> bool:
    return (
        element.tag in ("article", "main") or element.get("itemprop") == "articleBody" or element.get("role") == "main"
    )


def _names(element: HtmlElement) -> set[str]:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    words = {word.lower() for name in named.split() if not _SUBJECT.fullmatch(name) for word in _WORDS.findall(name)}
    return words if words.isdisjoint(_TEXT_NAMES) else set()


def _is_named(element: HtmlElement) -> bool:
    return not _names(element).isdisjoint(_NAMES)


def _is_comment(element: HtmlElement) -> bool:
    """Return whether a part says that it holds what readers wrote."""
    if element.get("itemtype", "").rpartition("/")[2].lower() in ("comment", "usercomments"):
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return any(_COMMENTS.fullmatch(name) for name in named.split())


def _has_fields(element: HtmlElement) -> bool:
    return next(element.iter("input", "button", "textarea", "select"), None) is not None


def _likeness(element: HtmlElement) -> tuple[str, str]:
    names = element.get("class", "").split()
    return str(element.tag), names[0] if names else ""


def _is_card(element: HtmlElement) -> bool:
    """Return whether a part is headed by a link: its heading lies in one or holds one, or it lies in one itself."""
    if element.tag == "a":
        return True
    heading = next(element.iter(*HEADINGS), None)
    if heading is None:
        return False
    return heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
