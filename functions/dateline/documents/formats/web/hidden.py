"""Which text of a page nobody sees: it is taken out before anything else looks at the page, and counted.

What applies to an element is worked out from the page's own style sheets (`css_cascade`); sheets that lie elsewhere are
not loaded. What a reader of the page can open, such as a tab or a folded paragraph, counts as seen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dateline.documents.formats.web.css_cascade import Cascade
from dateline.documents.formats.web.css_values import (
    difference,
    grounds_of,
    is_clipped,
    is_far_off,
    is_filtered_out,
    is_flat,
    is_off_indented,
    length,
    opacity_of,
    shadow_of,
    substituted,
    text_color,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from dateline.documents.formats.web.css_cascade import Value
    from dateline.documents.formats.web.css_values import Color

_NEVER_SHOWN = frozenset(
    ("head", "script", "style", "template", "noscript", "noframes", "iframe", "object", "embed", "svg", "canvas",
     "audio", "video", "datalist", "area", "param", "track", "source")
)  # fmt: skip
_MACHINE = frozenset({"head", "script", "style", "iframe", "object", "embed", "svg", "canvas", "audio", "video"})
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark",
     "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var")
)  # fmt: skip
# Attributes by which a button, a tab or a link names what it opens.
_OPENS = ("aria-controls", "data-target", "data-bs-target", "popovertarget", "commandfor")
_PICTURES = ("img", "video", "picture", "canvas")
_FAINTEST: Final = 0.05  # opacity
_SMALLEST: Final = 2.0  # pixels of a font; below, letters are no more than dots
_LEAST_DIFFERENCE: Final = 0.08  # of a colour from its ground; light grey on white, #e6e6e6, can just be made out
_FONT: Final = 16.0
_WHITE: Final[Color] = (1.0, 1.0, 1.0, 1.0)
_BLACK: Final[Color] = (0.0, 0.0, 0.0, 1.0)
_MOST_COMPARED = 1_000  # pieces that are looked for in what is shown


@dataclass(frozen=True, slots=True)
class _Look:
    """How an element's text is drawn, which its children take over."""

    visible: bool = True
    font: float = _FONT
    text: Color = _BLACK
    fill: Color | None = None
    shadow: Color | None = None
    grounds: tuple[Color, ...] | None = (_WHITE,)  # None where a picture lies behind it
    indented: bool = False
    positioned: bool = False
    filled_by_ground: bool = False
    variables: dict[str, Value] = field(default_factory=dict)


def drop_hidden(page: HtmlElement) -> int:
    """Take out what a reader of the page does not see. Return how many pieces of text were in it.

    A piece that the page shows elsewhere, such as a caption for screen readers, is not counted. Rejected: as Cascade.
    """
    cascade = Cascade(page)
    declared = [(element, values) for element, values in cascade.walk(page)]
    gone, unseen = _hidden(declared, cascade, set())
    if opened := _openable(page, {id(element) for element in gone}):
        gone, unseen = _hidden(declared, cascade, opened)
    pieces = [" ".join(_words(element)) for element in gone if element.tag not in _MACHINE]
    for element in gone:
        _drop(element)
    pieces += [_drop_text(element) for element in unseen]
    return _counted(pieces, page)


def _hidden(
    declared: list[tuple[HtmlElement, dict[str, Value]]], cascade: Cascade, opened: set[int]
) -> tuple[list[HtmlElement], list[HtmlElement]]:
    """Return the elements that are hidden with all in them, and those whose own text is not seen."""
    looks: dict[HtmlElement, _Look] = {}
    pictured = (
        {above for one in declared[0][0].iter(*_PICTURES) for above in one.iterancestors()} if declared else set()
    )
    gone: list[HtmlElement] = []
    unseen: list[HtmlElement] = []
    inside_gone: set[HtmlElement] = set()
    for element, found in declared:
        parent = element.getparent()
        if parent in inside_gone:
            inside_gone.add(element)
            continue
        before = looks.get(parent, _Look())
        values = _resolved(found, before)
        if element.tag in _NEVER_SHOWN or (id(element) not in opened and _is_gone(element, values, cascade)):
            gone.append(element)
            inside_gone.add(element)
            continue
        look = looks[element] = _look(element, values, before, cascade, parent in pictured)
        if id(element) in opened:
            look = looks[element] = _opened(look)
        if not _is_seen(look):
            unseen.append(element)
    return gone, unseen


def _resolved(values: dict[str, Value], before: _Look) -> dict[str, Value]:
    """Fill in variables, those of the elements around too."""
    own = {name: value for name, value in values.items() if name.startswith("--")}
    variables = {**before.variables, **own} if own else before.variables
    found = {name: substituted(value, variables) for name, value in values.items() if not name.startswith("--")}
    return {**found, **own}


def _is_gone(element: HtmlElement, values: dict[str, Value], cascade: Cascade) -> bool:
    """Return whether nothing in an element is seen, whatever it says of itself."""
    if element.tag in ("html", "body"):
        return False  # scripts show them once the page is there
    if _display(element, values) == "none" or word(values.get("content-visibility")) == "hidden":
        return True
    if element.get("aria-hidden", "").strip().lower() == "true" and element.find(".//h1") is None:
        return True
    moving = cascade.changed_by(_animation(values))
    if opacity_of(values.get("opacity")) <= _FAINTEST and "opacity" not in moving and not _is_main(element):
        return True
    if is_filtered_out(values.get("filter")):
        return True
    return not moving & {"transform", "clip-path", "left", "height", "max-height"} and _is_out_of_sight(element, values)


def _is_out_of_sight(element: HtmlElement, values: dict[str, Value]) -> bool:
    inline = _display(element, values) == "inline" and not _is_positioned(values) and not word(values.get("float"))
    return is_clipped(values) or is_far_off(values) or (not inline and is_flat(values))


def _display(element: HtmlElement, values: dict[str, Value]) -> str:
    """Return how an element is laid out; a sheet may show what an attribute hides."""
    declared = word(values.get("display"))
    if declared and declared not in ("revert", "initial", "unset", "inherit"):
        return declared
    closed = (element.tag == "dialog" and "open" not in element.attrib) or "popover" in element.attrib
    if "hidden" in element.attrib or closed:
        return "none"
    return "inline" if element.tag in _INLINE else "block"


def _is_main(element: HtmlElement) -> bool:
    return element.tag in ("main", "article")


def _is_positioned(values: dict[str, Value]) -> bool:
    return word(values.get("position")) in ("absolute", "fixed")


def _animation(values: dict[str, Value]) -> Value:
    return (*values.get("animation", ()), *values.get("-webkit-animation", ()), *values.get("animation-name", ()))


def _look(
    element: HtmlElement, values: dict[str, Value], before: _Look, cascade: Cascade, beside_picture: bool
) -> _Look:
    """Work out how an element's own text is drawn. A picture beside one that is laid over others may be its ground."""
    variables = {name: one for name, one in values.items() if name.startswith("--")}
    moving = cascade.changed_by(_animation(values))
    visibility = word(values.get("visibility"))
    visible = visibility == "visible" or (before.visible and visibility not in ("hidden", "collapse"))
    if "visibility" in moving or element.tag in ("html", "body") or (_is_main(element) and before.visible):
        visible = True
    color = text_color(values.get("color"), element.get("color") or _body_text(element), before.text)
    fill = (
        text_color(values.get("-webkit-text-fill-color"), None, before.fill)
        if before.fill or ("-webkit-text-fill-color" in values)
        else None
    )
    if "color" in moving:
        color = _BLACK
    own = grounds_of(values, element.get("bgcolor"), before.grounds)
    positioned = before.positioned or _is_positioned(values)
    clip = word(values.get("background-clip")) or word(values.get("-webkit-background-clip"))
    return _Look(
        visible=visible,
        font=length(values, "font-size", before.font),
        text=color,
        fill=fill,
        shadow=shadow_of(values.get("text-shadow"), before.shadow),
        grounds=None if positioned and beside_picture else own,
        indented=is_off_indented(values.get("text-indent"), before.indented),
        positioned=positioned,
        filled_by_ground=clip == "text" or (before.filled_by_ground and own == before.grounds),
        variables={**before.variables, **variables} if variables else before.variables,
    )


def _body_text(element: HtmlElement) -> str | None:
    return str(element.get("text", "")) or None if element.tag == "body" else None


def _opened(look: _Look) -> _Look:
    return look if look.visible else _Look(font=look.font, text=look.text, grounds=look.grounds)


def _is_seen(look: _Look) -> bool:
    if not look.visible or look.font < _SMALLEST or look.indented:
        return False
    if look.grounds is None or look.filled_by_ground:
        return True
    inks = [look.fill or look.text, *([look.shadow] if look.shadow else [])]
    return any(difference(ink, ground) >= _LEAST_DIFFERENCE for ink in inks for ground in look.grounds)


def _openable(page: HtmlElement, closed: set[int]) -> set[int]:
    """Find what a visible control of the page opens: by the attribute that names it, or as a tab's panel."""
    names: set[str] = set()
    tabs: set[str] = set()
    for element in _shown(page, closed):
        linked = "data-toggle" in element.attrib or "data-bs-toggle" in element.attrib
        linked = linked or element.get("role") in ("tab", "button") or "aria-expanded" in element.attrib
        targets = [element.get(name, "") for name in _OPENS] + ([element.get("href", "")] if linked else [])
        names |= {target.removeprefix("#") for one in targets for target in one.split()}
        if element.get("role") == "tab" and element.get("id"):
            tabs.add(element.get("id"))
    return {
        id(element)
        for element in page.iter()
        if (element.get("id") in names and element.get("id"))
        or (element.get("role") == "tabpanel" and not tabs.isdisjoint(element.get("aria-labelledby", "").split()))
    }


def _shown(page: HtmlElement, closed: set[int]) -> Iterator[HtmlElement]:
    waiting = [page]
    while waiting:
        element = waiting.pop()
        if id(element) not in closed:
            yield element
            waiting.extend(element)


def _words(element: HtmlElement) -> Iterator[str]:
    for one in element.iter():
        if one.tag not in _MACHINE:
            yield from (one.text or "").split()
        if one is not element:
            yield from (one.tail or "").split()


def _drop(element: HtmlElement) -> None:
    """Take an element out and leave the text that follows it. One whose parent has gone is gone already."""
    if element.getparent() is not None:
        element.drop_tree()


def _drop_text(element: HtmlElement) -> str:
    """Take out an element's own text, but not its children's."""
    words = " ".join(
        [*(element.text or "").split(), *(word for child in element for word in (child.tail or "").split())]
    )
    element.text = None
    for child in element:
        child.tail = None
    return words


def _counted(pieces: list[str], page: HtmlElement) -> int:
    """Count the pieces that say something, and say it nowhere else on the page."""
    said = [piece for piece in pieces if any(character.isalnum() for character in piece)]
    shown = " ".join(" ".join(page.itertext()).split()).casefold()
    return sum(1 for at, piece in enumerate(said) if at >= _MOST_COMPARED or piece.casefold() not in shown)
