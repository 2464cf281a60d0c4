"""The files that are made from the routes and the words for readers, and what belongs into them."""

from __future__ import annotations

import json

from infra import template_routes
from infra.local.paths import ROOT
from infra.openapi.document import document
from infra.openapi.page import page
from infra.openapi.terms import terms
from infra.openapi.types import types
from read.assets import PageConfig

_READ = ROOT / "functions" / "read"
# The copy in infra/ is for people and their diffs; those beside the function's code are what it serves.
FILES = (
    ROOT / "infra" / "openapi.json",
    _READ / "openapi.json",
    _READ / "docs.html",
    template_routes.TEMPLATE,
    _READ / "page" / "records.d.ts",
    _READ / "page" / "terms.js",
)


def contents() -> tuple[str, ...]:
    """Make what the files should hold, in the order of `FILES`."""
    made = document()
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    served = json.dumps(made, separators=(",", ":"), ensure_ascii=False)
    shapes = types(made, {PageConfig.__name__: PageConfig.model_json_schema(mode="serialization")})
    return text, served, page(made), template_routes.content(), shapes, terms()
