"""The tree stays easy to search: one name for one thing, small folders, helpers apart from tests."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from infra.local.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_MODULES = 20
# What a generator writes, a module for each schema.
_GENERATED = "infra/client/dateline_client/"


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def test_no_two_public_classes_of_the_library_have_one_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path, tree in trees("functions/dateline"):
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path))

    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_no_folder_has_more_modules_than_can_be_taken_in() -> None:
    paths = (path for path, _ in trees("functions", "infra") if not str(path).startswith(_GENERATED))
    modules = Counter(str(path.parent) for path in paths if path.name != "__init__.py")

    assert {name for name, count in modules.items() if count > _MOST_MODULES} == set()


def test_no_helper_is_imported_from_a_module_of_tests() -> None:
    imported = {
        f"{path} imports {module}"
        for path, tree in trees("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (module := node.module or "").startswith("tests.")
        for name in (*module.split("."), *(alias.name for alias in node.names))
        if name.startswith("test_")
    }

    assert imported == set()
