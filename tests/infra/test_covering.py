"""What `make test` prints of coverage."""

from __future__ import annotations

from tests.covering import report


def _file(*places: int) -> dict[str, object]:
    names = ("executed_lines", "missing_lines", "executed_branches", "missing_branches")
    return {**{name: [0] * count for name, count in zip(names, places, strict=True)}, "summary": {}}


def test_coverage_is_a_line_for_each_folder_and_one_for_all() -> None:
    files = {"f/a/x.py": _file(3, 1, 1, 1), "f/a/y.py": _file(4, 0, 0, 0), "f/b/z.py": _file(0, 8, 0, 0)}

    assert report(files) == [
        " 87.5 % of lines,  50.0 % of branches  f/a",
        "  0.0 % of lines, 100.0 % of branches  f/b",
        " 43.8 % of lines,  50.0 % of branches  all",
    ]
