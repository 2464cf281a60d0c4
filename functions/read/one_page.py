"""The page that is exported: what it is drawn and dressed by, taken from the page for people, and its security policy.

A file on a disk may not import modules, so those that the drawing needs are put together in one script.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.exports import html

if TYPE_CHECKING:
    from dateline.exports.model import Exported

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)


def write(exported: Exported) -> bytes:
    """Write a timeline as one page."""
    return html.write(exported, script(), _style())


def policy(frame_ancestors: str) -> str:
    """Give the policy that the page is served under: its own, who may frame it, and no part in the API's origin."""
    return (
        f"{html.policy(script(), _style())}; frame-ancestors {frame_ancestors}; "
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
    )


@cache
def script() -> str:
    """Put the drawing and all modules that it imports together, each in a scope of its own, the imported first."""
    parts: dict[Path, str] = {}
    _add(_HERE / "standalone" / "drawing.js", parts)
    return '"use strict";\n' + "\n".join(parts.values())


@cache
def _style() -> str:
    return "\n".join((_HERE / name).read_text("utf-8") for name in ("page/style.css", "standalone/sheet.css"))


def _add(module: Path, parts: dict[Path, str]) -> None:
    text = module.read_text("utf-8")
    for _, path in _IMPORT.findall(text):
        if (needed := (module.parent / path).resolve()) not in parts:
            _add(needed, parts)
    exports = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(lambda found: _taken(module, *found.groups()), text))
    parts[module.resolve()] = f"const {_name(module)} = (() => {{\n{body}return {{ {exports} }};\n}})();"


def _taken(module: Path, names: str, path: str) -> str:
    return f"const {{{names.replace(' as ', ': ')}}} = {_name(module.parent / path)};\n"


def _name(module: Path) -> str:
    return f"module_{module.stem}"
