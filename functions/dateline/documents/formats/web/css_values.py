"""What the values of style sheets come to on the screen: lengths, colours, and what lies off or under something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dateline.documents.formats.web.css_conditions import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dateline.documents.formats.web.css_cascade import Value
    from dateline.documents.formats.web.css_conditions import Node

Color = tuple[float, float, float, float]  # red, green, blue and alpha, from 0 to 1

_ROOT_FONT: Final = 16.0
_ABSOLUTE: Final = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945,
                    "rem": _ROOT_FONT, "vw": WIDTH / 100, "vh": HEIGHT / 100, "vmin": HEIGHT / 100, "vmax": WIDTH / 100,
                    "svw": WIDTH / 100, "svh": HEIGHT / 100, "dvw": WIDTH / 100, "dvh": HEIGHT / 100}  # fmt: skip
_BY_FONT: Final = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2, "ic": 1.0, "cap": 0.7}
_FONT_SIZES: Final = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0,
                      "xx-large": 32.0, "xxx-large": 48.0}  # fmt: skip
_FAR: Final = 500.0  # pixels beyond an edge of the window
_FAR_RIGHT: Final = 5_000.0
_FAR_INDENT: Final = 300.0
_FLAT: Final = 1.0  # pixels
_ALL = 100.0  # per cent
_EDGEWISE = 90  # degrees
_SIDES = ("top", "right", "bottom", "left")
_DEEPEST: Final = 16
_LONGEST_VALUE: Final = 200  # parts of a value once variables are filled in
_GENERIC = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})


def word(value: Value | None) -> str:
    """Return a value that is one word, in small letters; empty where it is anything else."""
    return value[0].lower_value if value and value[0].type == "ident" else ""


def substituted(value: Value, variables: Mapping[str, Value]) -> Value:
    """Fill in `var()`; a variable that is not there gives what stands after the comma, else nothing."""
    if not any(node.type == "function" for node in value):
        return value
    waiting = list(reversed(value))
    found: list[Node] = []
    for _ in range(_LONGEST_VALUE):
        if not waiting:
            return tuple(found)
        node = waiting.pop()
        if node.type == "function" and node.lower_name == "var":
            inside = [one for one in node.arguments if one.type not in ("whitespace", "comment")]
            name = str(inside[0].value) if inside and inside[0].type == "ident" else ""
            waiting += reversed(variables.get(name, tuple(inside[2:])))
        else:
            found.append(node)
    return ()  # variables that refer to each other without end come to nothing


def pixels(node: Node, font: float = _ROOT_FONT) -> float | None:
    """Return a length in pixels; None for a percentage and for what is no length."""
    if node.type == "number":
        return float(node.value)
    if node.type == "dimension":
        unit = node.lower_unit
        scale = _ABSOLUTE.get(unit) or (_BY_FONT[unit] * font if unit in _BY_FONT else None)
        return None if scale is None else float(node.value) * scale
    if node.type == "function":
        return _calculated(node, font)
    return None


def _calculated(node: Node, font: float) -> float | None:
    """Work out `min()`, `max()`, `clamp()` and sums or products within `calc()`; None for what is more than that."""
    parts: list[list[Node]] = [[]]
    for one in node.arguments:
        if one.type == "literal" and str(one.value) == ",":
            parts.append([])
        elif one.type not in ("whitespace", "comment"):
            parts[-1].append(one)
    sums = [_sum(part, font, 0) for part in parts]
    known = [one for one in sums if one is not None]
    if not known or len(known) < len(sums):
        return None
    if node.lower_name == "clamp":
        return sorted(known)[len(known) // 2]
    return {"min": min(known), "max": max(known), "calc": known[0]}.get(node.lower_name)


def _sum(nodes: list[Node], font: float, depth: int) -> float | None:
    total, sign, product, how = 0.0, 1.0, None, "*"
    if depth > _DEEPEST:
        return None
    for node in nodes:
        mark = str(node.value) if node.type == "literal" else ""
        if mark in ("+", "-"):
            total, product, sign, how = total + sign * (product or 0.0), None, 1.0 if mark == "+" else -1.0, "*"
        elif mark in ("*", "/"):
            how = mark
        else:
            inside = (
                [one for one in node.content or () if one.type != "whitespace"] if node.type == "() block" else None
            )
            one = pixels(node, font) if inside is None else _sum(inside, font, depth + 1)
            if one is None or (how == "/" and not one):
                return None
            product = one if product is None else product / one if how == "/" else product * one
    return total + sign * (product or 0.0)


def length(values: Mapping[str, Value], name: str, around: float) -> float:
    """Return the size of a font in pixels, where `around` is that of the element around."""
    size = around
    for one, value in values.items():
        if one == name:
            size = _font_size(value[:1], around, size)
        elif one == "font":
            sized = [node for node in value if node.type in ("dimension", "percentage", "function") or _is_zero(node)
                     or (node.type == "ident" and node.lower_value in _FONT_SIZES)]  # fmt: skip
            size = _font_size(tuple(sized[:1]), around, size)
    return size


def _is_zero(node: Node) -> bool:
    return node.type == "number" and not node.value


def _font_size(value: Value, around: float, otherwise: float) -> float:
    if not value:
        return otherwise
    node = value[0]
    if node.type == "ident":
        relative = {"smaller": around / 1.2, "larger": around * 1.2, "inherit": around, "initial": _ROOT_FONT}
        return _FONT_SIZES.get(node.lower_value, relative.get(node.lower_value, otherwise))
    if node.type == "percentage":
        return float(node.value) * around / 100
    found = pixels(node, around)
    return otherwise if found is None else found


def opacity_of(value: Value | None) -> float:
    """Return an opacity from 0 to 1; 1 where none is given."""
    if not value or value[0].type not in ("number", "percentage", "function"):
        return 1.0
    if value[0].type == "percentage":
        return float(value[0].value) / 100
    found = pixels(value[0])
    return 1.0 if found is None else found


def is_filtered_out(value: Value | None) -> bool:
    """Return whether a filter makes an element transparent."""
    return any(
        node.type == "function" and node.lower_name == "opacity" and opacity_of(tuple(node.arguments)) <= _SEE_THROUGH
        for node in value or ()
    )


_SEE_THROUGH: Final = 0.05


def is_off_indented(value: Value | None, before: bool) -> bool:
    """Return whether a text's first line begins far to the left of where it is; the indent is taken over."""
    if not value or word(value) in ("inherit", "unset", "revert"):
        return before
    if value[0].type == "percentage":
        return value[0].value <= -_ALL
    found = pixels(value[0])
    return found is not None and found <= -_FAR_INDENT


def is_far_off(values: Mapping[str, Value]) -> bool:
    """Return whether an element is moved off the window, or shrunk or turned until nothing of it is left."""
    position = word(values.get("position"))
    if position in ("absolute", "fixed", "relative", "sticky"):
        names = ("left", "top", "right", "bottom", "inset-inline-start", "inset", "inset-inline")
        parts = [node for name in names for node in values.get(name, ())]
        if any(_is_beyond(node, -_FAR, _ALL if position != "relative" else None) for node in parts):
            return True
        if any((pixels(node) or 0) >= _FAR_RIGHT for node in values.get("left", ())[:1]):
            return True
    margins = (*values.get("margin", ()), *values.get("margin-left", ()), *values.get("margin-top", ()),
               *values.get("margin-inline-start", ()))  # fmt: skip
    if any(_is_beyond(node, -_FAR, None) for node in margins):
        return True
    fixed = position in ("absolute", "fixed")
    if any(_is_beyond(node, -_FAR, _ALL if fixed else None) for node in values.get("translate", ())):
        return True
    scale = values.get("scale", ())[:2]
    if any(opacity_of((node,)) <= _SEE_THROUGH for node in scale) or opacity_of(values.get("zoom")) <= _SEE_THROUGH:
        return True
    return any(_is_transformed_away(node, fixed) for node in values.get("transform", ()) if node.type == "function")


def _is_beyond(node: Node, least: float, per_cent: float | None) -> bool:
    if node.type == "percentage":
        return per_cent is not None and node.value <= -per_cent
    found = pixels(node)
    return found is not None and found <= least


def _is_transformed_away(node: Node, fixed: bool) -> bool:
    name = node.lower_name
    parts = [one for one in node.arguments if one.type in ("number", "dimension", "percentage", "function")]
    if name.startswith("translate"):
        return any(_is_beyond(one, -_FAR, _ALL if fixed else None) for one in parts)
    if name.startswith("scale"):
        return any(abs(opacity_of((one,))) <= _SEE_THROUGH for one in parts[:2])
    if name in ("rotatex", "rotatey"):
        turned = parts[0] if parts and parts[0].type == "dimension" else None
        return turned is not None and turned.lower_unit == "deg" and turned.value % (2 * _EDGEWISE) == _EDGEWISE
    return name.startswith("matrix") and bool(parts) and not any(one.value for one in parts[:2])


def is_clipped(values: Mapping[str, Value]) -> bool:
    """Return whether an element is cut to nothing, or to a dot."""
    for node in values.get("clip", ()):
        if (
            node.type == "function"
            and node.lower_name == "rect"
            and word(values.get("position")) in ("absolute", "fixed")
        ):
            sides = [pixels(one) for one in node.arguments if one.type in ("number", "dimension", "ident")]
            if len(sides) == len(_SIDES) and _is_cut(sides):
                return True
    paths = (*values.get("clip-path", ()), *values.get("-webkit-clip-path", ()))
    return any(_is_cut_by(node) for node in paths if node.type == "function")


def _is_cut(sides: Sequence[float | None]) -> bool:
    top, right, bottom, left = sides
    wide = right is not None and right - (left or 0.0) <= _FLAT
    high = bottom is not None and bottom - (top or 0.0) <= _FLAT
    return wide or high


def _is_cut_by(node: Node) -> bool:
    parts = [one for one in node.arguments if one.type not in ("whitespace", "comment")]
    if node.lower_name == "inset":
        sides: list[float] = []
        for one in parts:
            if one.type not in ("percentage", "number", "dimension"):
                break
            sides.append(float(one.value) if one.type == "percentage" else 0.0)
        if not sides:
            return False
        top, right, bottom, left = _four(sides)
        return top + bottom >= _ALL or left + right >= _ALL
    if node.lower_name in ("circle", "ellipse"):
        return bool(parts) and parts[0].type in ("number", "dimension", "percentage") and parts[0].value <= 0
    if node.lower_name == "polygon":
        points = [float(one.value) for one in parts if one.type in ("number", "dimension", "percentage")]
        return len(points) > 1 and (len(set(points[::2])) == 1 or len(set(points[1::2])) == 1)
    return False


def _four(sides: list[float]) -> tuple[float, float, float, float]:
    """Write out a value of fewer sides: the right one is as the top one, and those that lack as the ones across."""
    match sides:
        case [top, right, bottom, left, *_]:
            return top, right, bottom, left
        case [top, right, bottom]:
            return top, right, bottom, right
        case [top, right]:
            return top, right, top, right
        case _:
            return sides[0], sides[0], sides[0], sides[0]


def is_flat(values: Mapping[str, Value]) -> bool:
    """Return whether an element has no height or no width, and what is more than that is cut off."""
    cut = {node.lower_value for name in ("overflow", "overflow-x", "overflow-y") for node in values.get(name, ())
           if node.type == "ident"}  # fmt: skip
    if cut.isdisjoint({"hidden", "clip", "auto", "scroll"}):
        return False
    names = ("height", "max-height", "width", "max-width", "block-size", "inline-size", "max-block-size",
             "max-inline-size")  # fmt: skip
    sizes = [values[name][0] for name in names if values.get(name)]
    return any(
        node.value <= 0 if node.type == "percentage" else (found := pixels(node)) is not None and found <= _FLAT
        for node in sizes
    )


def text_color(value: Value | None, attribute: str | None, before: Color | None) -> Color:
    """Return the colour that a text is drawn in: declared, by an attribute, or that of the element around."""
    found = _first_color(value) if value else None
    if found is None and not value and attribute:
        found = _attribute_color(attribute)
    return found or before or (0.0, 0.0, 0.0, 1.0)


def grounds_of(
    values: Mapping[str, Value], attribute: str | None, before: tuple[Color, ...] | None
) -> tuple[Color, ...] | None:
    """Return the colours that lie behind a text, several for a gradient; None where a picture does."""
    found: tuple[Color, ...] | None = before
    if attribute and (color := _attribute_color(attribute)):
        found = _over(color, before)
    for name, value in values.items():
        if name not in ("background", "background-color", "background-image"):
            continue
        if any(node.type == "url" or (node.type == "function" and node.lower_name in _PICTURES) for node in value):
            return None
        gradients = [node for node in value if node.type == "function" and "gradient" in node.lower_name]
        colors = [one for node in gradients for one in _colors(node.arguments)]
        if colors:
            found = tuple(_mixed(color, ground) for color in colors for ground in (before or (_UNKNOWN,))[:1])
        elif color := _first_color(value):
            found = _over(color, before)
    return found


_UNKNOWN: Final[Color] = (0.5, 0.5, 0.5, 1.0)
_PICTURES = frozenset({"url", "image", "image-set", "-webkit-image-set", "cross-fade", "element", "paint"})


def _over(color: Color, before: tuple[Color, ...] | None) -> tuple[Color, ...] | None:
    if color[3] >= 1:
        return (color,)
    return None if before is None else tuple(_mixed(color, ground) for ground in before)


def shadow_of(value: Value | None, before: Color | None) -> Color | None:
    """Return the colour of a text's shadow, which shows a text that is transparent itself."""
    if not value:
        return before
    return None if word(value) in ("none", *_GENERIC) else _first_color(value)


def difference(text: Color, ground: Color) -> float:
    """Return by how much a text and its ground differ in red, green or blue, whichever differs most, from 0 to 1."""
    return max(abs(one - other) for one, other in zip(_mixed(text, ground)[:3], ground[:3], strict=True))


def _mixed(color: Color, ground: Color) -> Color:
    alpha = color[3]
    red, green, blue = (alpha * one + (1 - alpha) * other for one, other in zip(color[:3], ground[:3], strict=True))
    return red, green, blue, 1.0


def _first_color(value: Sequence[Node]) -> Color | None:
    return next(iter(_colors(value)), None)


def _colors(nodes: Sequence[Node]) -> list[Color]:
    return [color for node in nodes if node.type in ("ident", "hash", "function") and (color := _color(node))]


def _color(node: Node) -> Color | None:
    from tinycss2.color4 import parse_color

    try:
        found = parse_color(node)
    except (ValueError, TypeError, ArithmeticError, IndexError):
        return None
    if found is None or isinstance(found, str):
        return None
    try:
        parts = [float(one or 0.0) for one in found.to("srgb").coordinates]
    except NotImplementedError:
        parts = [float(one or 0.0) for one in found.coordinates]
        if found.space in ("lab", "lch", "oklab", "oklch"):
            light = parts[0] / 100 if found.space in ("lab", "lch") else parts[0]
            parts = [light] * 3
    red, green, blue = (min(1.0, max(0.0, one)) for one in parts[:3])
    return red, green, blue, min(1.0, max(0.0, float(1.0 if found.alpha is None else found.alpha)))


def _attribute_color(written: str) -> Color | None:
    from tinycss2 import parse_one_component_value

    written = written.strip()
    node: Node = parse_one_component_value(written)
    found = _color(node) if node.type in ("ident", "hash", "function") else None
    if found is None and len(written) in (3, 6):
        node = parse_one_component_value(f"#{written}")
        found = _color(node) if node.type == "hash" else None
    return found
