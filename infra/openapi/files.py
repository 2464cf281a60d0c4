"""The files that are made from the routes, and what belongs into them."""

from __future__ import annotations

import json

from infra.local.paths import ROOT
from infra.openapi.document import document
from infra.openapi.page import page
from infra.template_routes import TEMPLATE
from infra.template_routes import content as template

_READ = ROOT / "functions" / "read"
# The copy in infra/ is for people and their diffs; those beside the function's code are what it serves.
FILES = (ROOT / "infra" / "openapi.json", _READ / "openapi.json", _READ / "docs.html", TEMPLATE)


def contents() -> tuple[str, str, str, str]:
    """Make what the files should hold, in the order of `FILES`."""
    made = document()
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    return text, json.dumps(made, separators=(",", ":"), ensure_ascii=False), page(made), template()
