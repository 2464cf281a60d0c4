"""The reference of everything that can be set: the template's parameters, functions' variables, this machine's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

from edit.settings import Settings as EditSettings
from infra.environment import Environment
from infra.local.paths import TEMPLATE
from infra.reference.markdown import code, table
from read.settings import Settings as ReadSettings
from reprocess.settings import Settings as ReprocessSettings
from summarize.settings import Settings as SummarizeSettings
from upload.settings import Settings as UploadSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo
    from pydantic_settings import BaseSettings

FUNCTIONS: dict[str, type[BaseSettings]] = {
    "Summarize": SummarizeSettings,
    "Reprocess": ReprocessSettings,
    "Read": ReadSettings,
    "Edit": EditSettings,
    "Upload": UploadSettings,
}

_HEAD = """\
# Settings

Made by `make generated` from the code. What is not here is a constant, with its reason beside it: how much of a
document is read stands in `functions/dateline/documents/limits.py`, how much a plan's file holds in
`functions/reprocess/limits.py`.
"""
_MACHINE = """\
## On your machine

Environment variables of `make run`, `dateline extract` and `make evaluate`. An empty one counts as not set.
"""
_PARAMETERS = """\
## Parameters of the template

Deployed: `sam deploy --parameter-overrides NAME=VALUE`. On your machine: `make run ARGS="--parameter NAME=VALUE"`.
"""
_VARIABLES = """\
## Variables of the functions

The template sets them, from the parameter or the resource that the last column names. Nobody else needs to.
"""


def page() -> str:
    """Write the reference."""
    template = yaml_parse(TEMPLATE.read_text(encoding="utf-8"))
    return "\n".join(
        [
            _HEAD,
            _MACHINE,
            table(["variable", "default", "means"], _machine()),
            _PARAMETERS,
            table(["parameter", "default", "allowed", "means"], _parameters(template)),
            _VARIABLES,
            table(["variable", "read by", "default", "means", "set from"], _variables(template)),
        ]
    )


def environments(template: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return each function's environment by the function's name: what is its own, and what all have in common."""
    common = template["Globals"]["Function"]["Environment"]["Variables"]
    return {name: {**common, **_own(template, name)} for name in FUNCTIONS}


def _own(template: dict[str, Any], function: str) -> dict[str, Any]:
    own: dict[str, Any] = template["Resources"][function]["Properties"]["Environment"]["Variables"]
    return own


def _machine() -> Iterator[tuple[str, str, str]]:
    for name, field in Environment.model_fields.items():
        yield code(name.upper()), _default(field), field.description or ""


def _parameters(template: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for name, one in template["Parameters"].items():
        yield code(name), code(str(one["Default"])), _allowed(one), one["Description"]


def _allowed(parameter: dict[str, Any]) -> str:
    if "AllowedValues" in parameter:
        return ", ".join(map(str, parameter["AllowedValues"]))
    if "AllowedPattern" in parameter:
        return code(parameter["AllowedPattern"])
    if "MaxValue" in parameter:
        return f"{parameter['MinValue']} to {parameter['MaxValue']}"
    return f"at least {parameter['MinValue']}" if "MinValue" in parameter else ""


def _variables(template: dict[str, Any]) -> Iterator[tuple[str, str, str, str, str]]:
    told = environments(template)
    fields = {name: field for settings in FUNCTIONS.values() for name, field in settings.model_fields.items()}
    for name, field in fields.items():
        variable = f"DATELINE_{name.upper()}"
        readers = [function for function, settings in FUNCTIONS.items() if name in settings.model_fields]
        source = told[readers[0]][variable]
        yield code(variable), ", ".join(readers).lower(), _default(field), field.description or "", _source(source)


def _default(field: FieldInfo) -> str:
    return code("" if field.is_required() or field.default is None else str(field.default))


def _source(value: object) -> str:
    """Name what a value of the template is made from."""
    match value:
        case {"Ref": str(name)}:
            return code(name)
        case {"Fn::GetAtt": [str(name), str(attribute)]}:
            return code(f"{name}.{attribute}")
        case {"Fn::If": [_, chosen, otherwise]}:
            return f"{_source(chosen)}, else {_source(otherwise)}" if isinstance(otherwise, dict) else _source(chosen)
        case {"Fn::Sub": str(text)}:
            return ", ".join(map(code, re.findall(r"\$\{(\w+)\}", text)))
        case {"Fn::Sub": [str(text), dict(values)]}:
            named = (values.get(name, {"Ref": name}) for name in re.findall(r"\$\{(\w+)\}", text))
            return ", ".join(map(_source, named))
        case _:
            return code(str(value))
