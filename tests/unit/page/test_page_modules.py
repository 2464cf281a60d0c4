"""The page's modules outside a browser: their laws under Node.js, and their types as JSDoc tells them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.local.paths import ROOT

_HERE = Path(__file__).parent
_PAGE = ROOT / "functions" / "read" / "page"
_IMPORT = re.compile(r'^import (?:.*? from )?"\./([\w.]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function|class|const) (\w+)", re.MULTILINE)
_FIELD = re.compile(r"(\w+)\??:(?= )")
# Shapes of the page's own that have names of the API's: days or pixels, and places in a text.
_OF_THE_PAGE = ({"from", "to"}, {"start", "end"})
# A parameter, a local or what is taken out of an object, by the name of the global.
_SHADOW = re.compile(r"(?:\b(?:const|let|function|class)\s+|[({\[,]\s*|\.\.\.)document\s*(?=[,}\])=])")
_TSC = ROOT / ".local" / "page" / "node_modules" / ".bin" / "tsc"
# The first that takes .js files for modules if they look like it.
_NODE = (20, 19)


def node() -> str:
    path = shutil.which("node")
    if path is None:
        pytest.skip("no Node.js on this machine")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    if tuple(int(part) for part in version.strip().removeprefix("v").split(".")[:2]) < _NODE:
        pytest.skip(f"Node.js {version.strip()} is older than {_NODE[0]}.{_NODE[1]}")
    return path


def test_the_laws_of_days_windows_lanes_and_texts_hold() -> None:
    done = subprocess.run(
        [node(), "--test", *map(str, sorted(_HERE.glob("*.test.mjs")))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_types_are_what_the_comments_say() -> None:
    if not _TSC.exists():
        pytest.skip("TypeScript is not installed: `make .local/page` (needs npm)")
    done = subprocess.run([node(), _TSC, "-p", _HERE / "tsconfig.json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_page_preloads_every_module_that_it_runs() -> None:
    loaded, waiting = set(), {"main.js"}
    while waiting:
        loaded |= waiting
        waiting = {name for one in waiting for name in _IMPORT.findall((_PAGE / one).read_text())} - loaded

    preloaded = re.findall(r'<link rel="modulepreload" href="assets/([\w.]+)">', (_PAGE / "index.html").read_text())

    assert preloaded == sorted(loaded - {"main.js"})
    assert {path.name for path in _PAGE.glob("*.js")} == loaded


def test_no_module_names_anything_as_the_global_document() -> None:
    code = {path.name: re.sub(r"/\*.*?\*/|//.*", "", path.read_text(), flags=re.DOTALL) for path in _PAGE.glob("*.js")}

    assert {name: found for name, text in code.items() if (found := _SHADOW.findall(text))} == {}


def test_every_export_of_a_module_is_imported_by_another() -> None:
    modules = [*_PAGE.glob("*.js"), *_HERE.glob("*.mjs")]
    texts = {path: path.read_text() for path in modules}
    dead = [
        f"{path.name}: {name}"
        for path, text in texts.items()
        for name in _EXPORT.findall(text)
        if not any(re.search(rf"\b{name}\b", other) for where, other in texts.items() if where != path)
    ]

    assert dead == []


def test_no_module_writes_a_shape_of_the_api_by_hand() -> None:
    interfaces = re.findall(
        r"^export interface \w+ {\n(.*?)^}", (_PAGE / "records.d.ts").read_text(), re.MULTILINE | re.DOTALL
    )
    shapes = [set(_FIELD.findall(one)) for one in interfaces]
    by_hand = [
        f"{path.name}: {literal}"
        for path in _PAGE.glob("*.js")
        for comment in re.findall(r"/\*\*.*?\*/", path.read_text(), re.DOTALL)
        for literal in re.findall(r"\{[^{}()]*\}", comment)
        if (fields := set(_FIELD.findall(literal))) not in _OF_THE_PAGE
        and len(fields) > 1
        and any(fields <= shape for shape in shapes)
    ]

    assert len(shapes) > 30
    assert by_hand == []
