"""Which declarations of a page's own style sheets apply to an element: selectors, conditions, layers, importance.

`tinycss2` parses the sheets and `cssselect2` matches their selectors. Only declarations that can hide text are kept,
so that most rules of a sheet cost no more than to be parsed. The work is counted, and a page that needs too much is
refused: a selector can be written so that it takes hours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Final, Protocol, cast

from dateline.documents.formats.web.css_conditions import Node, is_supported, on_screen
from dateline.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lxml.html import HtmlElement

# The sheets of a page saved with all that it uses are a few 100,000 code points; parsing as many takes ten seconds.
MAX_SHEETS: Final = 2_000_000
# Elements that a selector looks at. A large page with a large sheet needs a million; as many take some seconds.
MAX_WORK: Final = 10_000_000
_NEW_ELEMENT: Final = 10  # looks that it takes to make one more view of an element
_WHOLE: Final = 100  # per cent
_DEEPEST: Final = 32  # rules in rules
_MOST_NESTED: Final = 64  # selectors that one nested rule comes to

_RELEVANT: Final = frozenset(
    ("display", "visibility", "opacity", "font", "font-size", "color", "background", "background-color",
     "background-image", "background-clip", "-webkit-background-clip", "-webkit-text-fill-color", "text-shadow",
     "position", "float", "left", "right", "top", "bottom", "inset", "inset-inline", "inset-inline-start",
     "text-indent", "margin", "margin-left", "margin-top", "margin-inline-start", "transform", "translate", "scale",
     "clip", "clip-path", "-webkit-clip-path", "overflow", "overflow-x", "overflow-y", "height", "width",
     "max-height", "max-width", "block-size", "inline-size", "max-block-size", "max-inline-size",
     "content-visibility", "filter", "animation", "animation-name", "-webkit-animation", "zoom", "mix-blend-mode",
     "-webkit-text-stroke", "all")
)  # fmt: skip
# Pseudo-classes that a browser knows and that hold for no element of a page at rest.
_AT_REST: Final = frozenset(
    ("popover-open", "modal", "fullscreen", "picture-in-picture", "autofill", "-webkit-autofill", "placeholder-shown",
     "default", "indeterminate", "valid", "invalid", "in-range", "out-of-range", "required", "optional", "read-only",
     "read-write", "open", "dir", "muted", "user-invalid", "user-valid", "blank")
)  # fmt: skip

Value = tuple[Node, ...]
_Key = tuple[bool, tuple[float, ...], tuple[int, ...], int]


class _Wrapped(Protocol):
    """An element as `cssselect2` sees it."""

    etree_element: HtmlElement
    etree_children: list[HtmlElement]
    local_name: str
    id: str | None
    classes: set[str]


class _Selector(Protocol):
    """A selector that `cssselect2` compiled."""

    specificity: tuple[int, int, int]
    never_matches: bool
    pseudo_element: str | None
    id: str | None
    class_name: str | None
    lower_local_name: str | None

    def test(self, element: _Wrapped) -> bool:
        """Return whether an element is one that it selects."""


@dataclass(frozen=True, slots=True)
class _Declared:
    name: str
    value: Value
    important: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: _Selector
    order: int
    layer: tuple[float, ...]
    declared: tuple[_Declared, ...]


class Cascade:
    """The declarations that apply to each element of a page.

    Rejected: `styles_too_large` and `styles_too_slow`, for sheets that no honest page has.
    """

    def __init__(self, page: HtmlElement) -> None:
        self._spent = 0
        self._rules: list[_Rule] = []
        self._by_name: dict[str, list[_Rule]] = {}
        self._frames: dict[str, set[str]] = {}
        self._layers: dict[tuple[str, ...], int] = {}
        self._read(page)
        for rule in self._rules:
            self._by_name.setdefault(_name(rule.selector), []).append(rule)

    def walk(self, page: HtmlElement) -> Iterator[tuple[HtmlElement, dict[str, Value]]]:
        """Yield each element of the page in order with what its sheets and its own style declare, the weakest first."""
        make = _element_type(self._spend)
        waiting = [make(page, None, 0, None, True)]
        while waiting:
            wrapped = waiting.pop()
            yield wrapped.etree_element, self._declared(wrapped)
            children: list[_Wrapped] = []
            for index, child in enumerate(wrapped.etree_children):
                children.append(make(child, wrapped, index, children[-1] if children else None, True))
            waiting.extend(reversed(children))

    def changed_by(self, animations: Value) -> set[str]:
        """Return what the named animations make visible, such as opacity where a text fades in."""
        names = {str(node.value) for node in animations if node.type in ("ident", "string")}
        return {name for one in names for name in self._frames.get(one, ())}

    def _spend(self, work: int) -> None:
        self._spent += work
        if self._spent > MAX_WORK:
            raise Rejected("styles_too_slow", "its style sheets take too long to apply: drop its text instead")

    def _declared(self, wrapped: _Wrapped) -> dict[str, Value]:
        found: list[tuple[_Key, _Declared]] = []
        for rule in self._matching(wrapped):
            for one in rule.declared:
                layer = tuple(-place for place in rule.layer) if one.important else rule.layer
                found.append(((one.important, layer, (0, *rule.selector.specificity), rule.order), one))
        style = wrapped.etree_element.get("style")
        found += [((one.important, (inf,), (1,), 0), one) for one in (_declarations(style) if style else ())]
        found.sort(key=lambda one: one[0])
        values: dict[str, Value] = {}
        for _, one in found:
            values.pop(one.name, None)  # so that a shorthand and its parts stand in the order in which they apply
            values[one.name] = one.value
        return values

    def _matching(self, wrapped: _Wrapped) -> Iterator[_Rule]:
        """Yield the rules that apply to an element; most are never tried, by the id, class or tag that they ask for."""
        for name in ("", f"#{wrapped.id}", wrapped.local_name.lower(), *(f".{one}" for one in wrapped.classes)):
            candidates = self._by_name.get(name, ())
            self._spend(len(candidates))
            yield from (rule for rule in candidates if _matches(rule.selector, wrapped))

    def _read(self, page: HtmlElement) -> None:
        import tinycss2

        sheets = []
        for element in page.iter("style"):
            media = tinycss2.parse_component_value_list(element.get("media") or "", skip_comments=True)
            if on_screen(media) and element.get("type", "text/css").strip().lower() in ("", "text/css"):
                sheets.append((element.text or "").replace("<!--", " ").replace("-->", " "))
        if sum(map(len, sheets)) > MAX_SHEETS:
            raise Rejected(
                "styles_too_large", f"its style sheets have more than {MAX_SHEETS} characters: drop its text"
            )
        for sheet in sheets:
            self._gather(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), (), (), 0)

    def _gather(self, nodes: Sequence[Node], layer: tuple[str, ...], above: tuple[str, ...], depth: int) -> None:
        """Take over the rules that hold on a screen; `above` are the selectors of the rules that these stand in."""
        if depth > _DEEPEST:
            raise Rejected("styles_too_large", "its style sheets have rules too deep in each other: drop its text")
        own: list[_Declared] = []
        for node in nodes:
            if node.type == "qualified-rule":
                self._gather_rule(node, layer, above, depth)
            elif node.type == "at-rule":
                self._gather_at_rule(node, layer, above, depth)
            elif node.type == "declaration":
                own += _relevant(node)
        if above and own:
            self._add(above, layer, own)

    def _gather_rule(self, node: Node, layer: tuple[str, ...], above: tuple[str, ...], depth: int) -> None:
        import tinycss2

        try:
            selectors = _nested(tinycss2.serialize(node.prelude), above)
        except RecursionError:
            return  # brackets in brackets beyond what a browser reads
        content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        self._gather(content, layer, selectors, depth + 1)

    def _gather_at_rule(self, node: Node, layer: tuple[str, ...], above: tuple[str, ...], depth: int) -> None:
        import tinycss2

        name = node.lower_at_keyword
        if name.endswith("keyframes"):
            self._gather_frames(node)
            return
        if node.content is None:
            if name == "layer":
                for words in tinycss2.serialize(node.prelude).split(","):
                    self._layer((*layer, *words.strip().split(".")))
            return
        if name == "layer":
            words = tinycss2.serialize(node.prelude).strip()
            layer = (*layer, *(words.split(".") if words else [f" {len(self._layers)}"]))
            self._layer(layer)
        elif name == "scope":
            above = _scoped(tinycss2.serialize(node.prelude), above)
        elif not (
            (name == "media" and on_screen(node.prelude))
            or (name == "supports" and is_supported(node.prelude))
            or (name == "container" and on_screen([one for one in node.prelude if one.type != "ident"]))
        ):
            return
        content = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        self._gather(content, layer, above, depth + 1)

    def _gather_frames(self, node: Node) -> None:
        import tinycss2

        named = [str(one.value) for one in node.prelude if one.type in ("ident", "string")]
        changed = self._frames.setdefault(named[0] if named else "", set())
        for frame in tinycss2.parse_blocks_contents(node.content or (), skip_comments=True, skip_whitespace=True):
            if frame.type == "qualified-rule":
                inside = tinycss2.parse_blocks_contents(frame.content, skip_comments=True, skip_whitespace=True)
                shown = [one for one in inside if one.type == "declaration" and not _is_nothing(one)]
                changed |= {one.name for node in shown for one in _relevant(node)} if _is_last(frame) else set()

    def _layer(self, path: tuple[str, ...]) -> None:
        for end in range(1, len(path) + 1):
            self._layers.setdefault(path[:end], len(self._layers))

    def _add(self, selectors: tuple[str, ...], layer: tuple[str, ...], declared: list[_Declared]) -> None:
        import cssselect2
        from cssselect2.parser import SelectorError

        place = (*(float(self._layers[layer[: end + 1]]) for end in range(len(layer))), inf)
        compiled: list[_Selector] = []
        for selector in selectors:
            try:
                compiled += cssselect2.compile_selector_list(selector)
            except SelectorError as error:
                if str(error.args[-1]) not in _AT_REST:
                    return  # a browser passes over a rule with a selector that it does not know
            except (SyntaxError, RecursionError, MemoryError, NotImplementedError, ValueError, TypeError):
                return
        self._rules += [
            _Rule(one, len(self._rules), place, tuple(declared))
            for one in compiled
            if not one.never_matches and one.pseudo_element is None
        ]


def _matches(selector: _Selector, wrapped: _Wrapped) -> bool:
    try:
        return bool(selector.test(wrapped))
    except (RecursionError, ValueError):
        return False


def _name(selector: _Selector) -> str:
    if selector.id is not None:
        return f"#{selector.id}"
    return f".{selector.class_name}" if selector.class_name is not None else selector.lower_local_name or ""


def _declarations(style: str) -> list[_Declared]:
    import tinycss2

    nodes = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return [one for node in nodes if node.type == "declaration" for one in _relevant(node)]


def _relevant(node: Node) -> list[_Declared]:
    """Take a declaration over if it can hide text, or is a variable that such a one may use."""
    custom = node.name.startswith("--")
    if not custom and node.lower_name not in _RELEVANT:
        return []
    value = tuple(one for one in declared_value(node) if one.type not in ("whitespace", "comment"))
    return [_Declared(node.name if custom else node.lower_name, value, node.important)]


def declared_value(node: Node) -> Sequence[Node]:
    """Return the parts of a declaration's value, which the library keeps where other nodes have a number."""
    return cast("Sequence[Node]", node.value)


def _is_last(frame: Node) -> bool:
    return any(
        (node.type == "ident" and node.lower_value == "to") or (node.type == "percentage" and node.value == _WHOLE)
        for node in frame.prelude
    )


def _is_nothing(node: Node) -> bool:
    """Return whether a declaration in a key frame keeps an element hidden."""
    first = next((one for one in declared_value(node) if one.type != "whitespace"), None)
    if first is None or first.type == "ident":
        return first is None or first.lower_value in ("hidden", "collapse", "none", "transparent")
    return first.type in ("number", "percentage", "dimension") and not first.value


def _nested(prelude: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """Write a rule's selectors out with those of the rules that it stands in; `&` is theirs."""
    own = _commas(prelude)
    if not above:
        return tuple(own)
    written = [
        one.replace("&", f":is({outer})") if "&" in one else f"{outer} {one}"
        for outer in above[:_MOST_NESTED]
        for one in own[:_MOST_NESTED]
    ]
    return tuple(written[:_MOST_NESTED])


def _scoped(prelude: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """Read `@scope (.card) to (.content)` as descendants of its root; a limit only makes it hold for fewer."""
    root = prelude.partition(")")[0].strip().removeprefix("(")
    return _nested(root, above) if root else above


def _commas(prelude: str) -> list[str]:
    """Part a list of selectors at the commas that stand in no bracket."""
    import tinycss2

    parts: list[list[Node]] = [[]]
    for node in tinycss2.parse_component_value_list(prelude, skip_comments=True):
        if node.type == "literal" and node.value == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return [written for part in parts if (written := tinycss2.serialize(part).strip())]


@cache
def _wrapper() -> type:
    """Make the library's view of an element with its steps counted; those that it copies on each step are walked."""
    import cssselect2

    class Counted(cssselect2.ElementWrapper):  # type: ignore[misc]
        spend: Callable[[int], None]

        @property
        def ancestors(self) -> Iterator[Counted]:
            one = self.parent
            while one is not None:
                self.spend(1)
                yield one
                one = one.parent

        @property
        def previous_siblings(self) -> Iterator[Counted]:
            one = self.previous
            while one is not None:
                self.spend(1)
                yield one
                one = one.previous

        @property
        def etree_siblings(self) -> _Siblings:
            return _Siblings(self._siblings, self.spend)

        @etree_siblings.setter
        def etree_siblings(self, siblings: list[HtmlElement]) -> None:
            self._siblings = siblings

        def iter_children(self) -> Iterator[Counted]:
            for child in super().iter_children():
                self.spend(_NEW_ELEMENT)
                yield child

    return Counted


def _element_type(spend: Callable[[int], None]) -> Callable[..., _Wrapped]:
    return cast("Callable[..., _Wrapped]", type("Element", (_wrapper(),), {"spend": staticmethod(spend)}))


class _Siblings:
    """The siblings of an element; their number is free, a look at each of them is not."""

    def __init__(self, elements: list[HtmlElement], spend: Callable[[int], None]) -> None:
        self._elements = elements
        self._spend = spend

    def __len__(self) -> int:
        return len(self._elements)

    def __iter__(self) -> Iterator[HtmlElement]:
        self._spend(len(self._elements))
        return iter(self._elements)

    def __getitem__(self, part: slice) -> list[HtmlElement]:
        found = self._elements[part]
        self._spend(len(found))
        return found
