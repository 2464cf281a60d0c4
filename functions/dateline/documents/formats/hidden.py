"""Which elements of a page nobody sees: hidden text is taken out before anything else looks at the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NEVER_SHOWN = (
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
    "select", "button", "input", "textarea", "datalist", "dialog",
)  # fmt: skip
# What hides by itself. A length is zero or too small to read; what is moved far off the page is not seen either.
_HIDES = re.compile(
    r"""(?:^|;)(?:
        display:none | visibility:(?:hidden|collapse) | opacity:0?\.?0*(?=;|!|$)
      | font-size:(?:[01](?:\.\d+)?px|0?\.\d+p[xt]|0?\.0\d*r?em|0(?:\.0+)?[a-z%]*)(?=;|!|$)
      | (?:left|right|top|bottom|text-indent|margin-left|margin-top):-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%|vw|vh)
      | transform:(?:scale[xy]?\(0|translate[xy]?\(-\d{3,})
      | clip:rect\((?:0(?:px)?|1px)[,\s]?(?:0(?:px)?|1px)[,\s]?(?:0(?:px)?|1px)[,\s]?(?:0(?:px)?|1px)\)
      | clip-path:inset\((?:50|100)%
    )""",
    re.VERBOSE,
)
_NO_HEIGHT = re.compile(r"(?:^|;)(?:max-)?(?:height|width):(?:0|1px)(?:px|em|%)?(?=;|!|$)")
_CUT_OFF = re.compile(r"(?:^|;)overflow:hidden")
_COLOR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]+)")
_WHITE = frozenset({"white", "#fff", "#ffffff", "#ffff", "#ffffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_SEE_THROUGH = re.compile(r"transparent|(?:rgba|hsla)\([^)]*,0?\.?0*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9-]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_NEVER_HIDDEN = frozenset({"html", "body", "main", "article"})  # scripts show these once the page is there


@dataclass(frozen=True, slots=True)
class _Colors:
    """What an element's text is drawn in, and upon; None where no style says so."""

    text: str | None = None
    ground: str = "white"


def drop_hidden(page: HtmlElement) -> None:
    """Take out what a reader of the page does not see: by element, attribute, style, or a style sheet's plain rule."""
    sheet = _Sheet.of(page)
    for element in list(page.iter(*_NEVER_SHOWN)):
        _drop(element)
    waiting = [(page, _Colors())]
    while waiting:
        element, around = waiting.pop()
        style = _compact(f"{sheet.style(element)};{element.get('style', '')}")
        colors = _colors(element, style, around)
        if element is not page and _is_hidden(element, style):
            _drop(element)
            continue
        if _is_unseen(colors):
            _drop_text(element)
        waiting.extend((child, colors) for child in element if isinstance(child.tag, str))


def _is_hidden(element: HtmlElement, style: str) -> bool:
    if element.tag in ("html", "body"):
        return False
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    return bool(_HIDES.search(style) or (_NO_HEIGHT.search(style) and _CUT_OFF.search(style)))


def _colors(element: HtmlElement, style: str, around: _Colors) -> _Colors:
    text = _COLOR.findall(style) or [(element.get("color") or "").lower()]
    ground = _BACKGROUND.findall(style) or [(element.get("bgcolor") or "").lower()]
    seen = ground[-1] and ground[-1] not in ("none", "inherit") and not _SEE_THROUGH.fullmatch(ground[-1])
    return _Colors(text[-1] if text[-1] not in ("", "inherit") else around.text, ground[-1] if seen else around.ground)


def _is_unseen(colors: _Colors) -> bool:
    if colors.text is None:
        return False
    same = colors.text == colors.ground or (colors.text in _WHITE and colors.ground in _WHITE)
    return same or _SEE_THROUGH.fullmatch(colors.text) is not None


def _drop(element: HtmlElement) -> None:
    """Take an element out and leave the text that follows it. One whose parent has gone is gone already."""
    if element.getparent() is not None:
        element.drop_tree()


def _drop_text(element: HtmlElement) -> None:
    element.text = None
    for child in element:
        child.tail = None


def _compact(style: str) -> str:
    return re.sub(r"\s*([:;,()])\s*", r"\1", _COMMENT.sub("", style).lower()).strip()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The style sheets inside a page, as far as their selectors are one tag, class or id: what it takes to hide."""

    by_tag: dict[tuple[str, str], str]

    @classmethod
    def of(cls, page: HtmlElement) -> _Sheet:
        styles: dict[tuple[str, str], str] = {}
        for element in page.iter("style"):
            for selector, body in _rules(element.text or ""):
                styles[selector] = f"{styles.get(selector, '')};{body}"
        return cls(styles)

    def style(self, element: HtmlElement) -> str:
        """Return what the sheets say of an element, in one line."""
        if not self.by_tag or element.tag in _NEVER_HIDDEN:
            return ""
        names = [f".{name}" for name in element.get("class", "").split()]
        names += [f"#{element.get('id')}"] if element.get("id") else []
        keys = [("", name) for name in names] + [(element.tag, name) for name in ("", *names)]
        return ";".join(self.by_tag[key] for key in keys if key in self.by_tag)


def _rules(sheet: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the plain rules that hold on a screen; rules within rules (media, key frames) are passed over."""
    for selectors, body in _RULE.findall(_outermost(_COMMENT.sub("", sheet))):
        for selector in selectors.rpartition(";")[2].split(","):
            match = _SIMPLE.fullmatch(selector.strip())
            if match and match[0]:
                yield ((match[1] or "").lower(), f"{match[2] or ''}{match[3] or ''}"), body


def _outermost(sheet: str) -> str:
    """Leave out each rule that holds other rules."""
    kept: list[str] = []
    start = depth = 0
    nested = False
    for match in re.finditer(r"[{}]", sheet):
        depth += 1 if match[0] == "{" else -1
        nested = nested or depth > 1
        if depth <= 0:
            kept += [] if nested else [sheet[start : match.end()]]
            start, depth, nested = match.end(), 0, False
    return "".join(kept)
