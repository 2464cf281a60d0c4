"""The template as written, and as SAM's translator and the default parameters make it."""

from __future__ import annotations

from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

from infra.local.cloud.deploy import WATCHING
from infra.local.cloud.nested import inlined
from infra.local.paths import ROOT, TEMPLATE

# What a deployment uses: the stack's own, or one that it was told to adopt.
IN_USE = {kind: {"Fn::If": [f"Other{kind}", {"Ref": f"Existing{kind}"}, {"Ref": kind}]} for kind in ("Bucket", "Table")}
ALARMS = ROOT / "infra" / "alarms.yaml"
SMOKE = ROOT / "infra" / "smoke.yaml"
# All templates that are deployed.
TEMPLATES = (TEMPLATE, ROOT / "infra" / "api.yaml", ALARMS, SMOKE)


@pytest.fixture(scope="session")
def template() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml_parse(TEMPLATE.read_text())
    return parsed


@pytest.fixture(scope="session")
def resources(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the template makes, nested templates too, but for what watches it, which has tests of its own."""
    return without(template, WATCHING)


def without(template: dict[str, Any], nested: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return what the template makes, nested templates too, but for these."""
    others = {name: one for name, one in template["Resources"].items() if name not in nested}
    found: dict[str, dict[str, Any]] = inlined({**template, "Resources": others}, ROOT)["Resources"]
    return found


def of_type(resources: dict[str, dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    """Return the resources of one type by name; there must be some, or a test of them would hold for nothing."""
    found = {name: resource for name, resource in resources.items() if resource["Type"] == kind}
    assert found
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
