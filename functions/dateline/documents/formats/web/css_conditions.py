"""Whether a condition of a style sheet holds where a page is read: on the screen of somebody with no special wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Node(Protocol):
    """A part of a style sheet as `tinycss2` parses it; which of the fields are there depends on `type`."""

    type: str
    name: str
    lower_name: str
    lower_value: str
    lower_at_keyword: str
    lower_unit: str
    value: float
    important: bool
    content: Sequence[Node] | None
    prelude: Sequence[Node]
    arguments: Sequence[Node]


# A laptop's window. A page is the same for every reader, so it is one size for all.
WIDTH, HEIGHT = 1280.0, 800.0
_ROOT_FONT = 16.0
_PIXELS: Final = {"px": 1.0, "em": _ROOT_FONT, "rem": _ROOT_FONT, "pt": 4 / 3, "cm": 37.8, "mm": 3.78, "in": 96.0}
_SIZES: Final = {"width": WIDTH, "device-width": WIDTH, "inline-size": WIDTH, "height": HEIGHT, "device-height": HEIGHT,
                 "block-size": HEIGHT, "aspect-ratio": WIDTH / HEIGHT, "color": 8.0, "resolution": 1.0,
                 "monochrome": 0.0, "device-pixel-ratio": 1.0}  # fmt: skip
_TRAITS: Final = {"orientation": "landscape", "hover": "hover", "any-hover": "hover", "pointer": "fine",
                  "any-pointer": "fine", "prefers-color-scheme": "light", "prefers-reduced-motion": "no-preference",
                  "prefers-contrast": "no-preference", "forced-colors": "none", "scripting": "enabled",
                  "update": "fast", "display-mode": "browser", "prefers-reduced-data": "no-preference",
                  "inverted-colors": "none", "overflow-block": "scroll"}  # fmt: skip
_OFF = frozenset({"no-preference", "none"})
_UNSUPPORTED = ("-ms-", "-moz-", "-o-", "-khtml-")
_DEEPEST = 20


def on_screen(query: Sequence[Node]) -> bool:
    """Return whether a list of media queries holds on a screen; an empty one always does."""
    queries = _split(_plain(query), ",")
    return not any(queries) or any(_holds(one, _media, 0) is True for one in queries if one)


def is_supported(condition: Sequence[Node]) -> bool:
    """Return whether a browser of today supports what a condition asks for."""
    return _holds(_plain(condition), _support, 0) is not False


def _plain(nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if node.type not in ("whitespace", "comment")]


def _split(nodes: list[Node], sign: str) -> list[list[Node]]:
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node.type == "literal" and str(node.value) == sign:
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


class _Test(Protocol):
    def __call__(self, node: Node, depth: int) -> bool | None:
        """Judge one part of a condition; None where it is unknown."""


def _holds(nodes: list[Node], test: _Test, depth: int) -> bool | None:
    """Judge parts joined by `and` or `or`, with `not` before one; unknown parts stay unknown, as in CSS."""
    if depth > _DEEPEST:
        return None
    found: bool | None = None
    joined, negated, first = "and", False, True
    for node in nodes:
        word = node.lower_value if node.type == "ident" else ""
        if word in ("and", "or"):
            joined = word
        elif word == "not":
            negated = True
        elif word != "only":
            one = test(node, depth)
            one = (None if one is None else not one) if negated else one
            found = one if first else _joined(found, one, joined)
            negated = first = False
    return found


def _joined(one: bool | None, other: bool | None, how: str) -> bool | None:
    decisive = how == "or"
    if decisive in (one, other):
        return decisive
    return None if None in (one, other) else not decisive


def _media(node: Node, depth: int) -> bool | None:
    if node.type == "ident":
        return node.lower_value in ("all", "screen")
    if node.type != "() block":
        return None
    inside = _plain(node.content or ())
    if any(one.type in ("() block", "function") for one in inside) and not _is_feature(inside):
        return _holds(inside, _media, depth + 1)
    return _feature(inside)


def _is_feature(nodes: list[Node]) -> bool:
    return any(node.type == "literal" and str(node.value) in ":<>=" for node in nodes)


def _feature(nodes: list[Node]) -> bool | None:
    """Judge `width`, `min-width: 40em`, `400px <= width < 70em` or `hover: none`."""
    signs = "".join(str(node.value) for node in nodes if node.type == "literal")
    names = [node.lower_value for node in nodes if node.type == "ident"]
    numbers = [_pixels(node) for node in nodes if node.type in ("dimension", "number")]
    if not names:
        return None
    name = names[0].removeprefix("-webkit-")
    if ":" in signs:
        return _compared(name, names[1:], numbers, signs)
    if signs:
        return _in_range(name, nodes)
    if name in _TRAITS:
        return _TRAITS[name] not in _OFF
    return _SIZES[name] > 0 if name in _SIZES else None


def _compared(name: str, words: list[str], numbers: list[float | None], signs: str) -> bool | None:
    if words and name in _TRAITS:
        return _TRAITS[name] == words[0]
    bound, feature = (name[:3], name[4:]) if name[:4] in ("min-", "max-") else ("", name)
    if feature not in _SIZES or not numbers or numbers[0] is None:
        return None
    number = numbers[0] / numbers[1] if "/" in signs and len(numbers) > 1 and numbers[1] else numbers[0]
    if bound == "min":
        return _SIZES[feature] >= number
    return _SIZES[feature] <= number if bound == "max" else _SIZES[feature] == number


def _in_range(name: str, nodes: list[Node]) -> bool | None:
    if name not in _SIZES:
        return None
    sides: list[float | str | None] = []
    for node in nodes:
        if node.type == "ident":
            sides.append(_SIZES[name])
        elif node.type in ("dimension", "number"):
            sides.append(_pixels(node))
        elif sides and isinstance(sides[-1], str):
            sides[-1] += str(node.value)
        else:
            sides.append(str(node.value))
    found = True
    for at in range(1, len(sides) - 1, 2):
        one, sign, other = sides[at - 1], sides[at], sides[at + 1]
        if not isinstance(one, float) or not isinstance(other, float):
            return None
        found = found and {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}.get(
            str(sign), one == other
        )
    return found


def _pixels(node: Node) -> float | None:
    if node.type == "number":
        return float(node.value)
    unit = node.lower_unit
    if unit in ("dppx", "x"):
        return float(node.value)
    if unit in ("dpi", "dpcm"):
        return float(node.value) / (96 if unit == "dpi" else 37.8)
    return float(node.value) * _PIXELS[unit] if unit in _PIXELS else None


def _support(node: Node, depth: int) -> bool | None:
    if node.type == "function":
        return True
    if node.type != "() block":
        return None
    inside = _plain(node.content or ())
    if inside and inside[0].type == "ident" and inside[0].lower_value != "not":
        return not inside[0].lower_value.startswith(_UNSUPPORTED)
    return _holds(inside, _support, depth + 1)
