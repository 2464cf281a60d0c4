"""Nested templates, written into the one that names them: the emulator knows no stack within a stack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from samtranslator.yaml_helper import yaml_parse  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_STACK = "AWS::CloudFormation::Stack"


def inlined(template: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return the template with its nested ones' resources and conditions among its own.

    `folder` is what their addresses start from. A parameter of theirs becomes what it is given, and what is read of
    their outputs becomes the output. ValueError: two of them give one name to different things.
    """
    parts: dict[str, dict[str, Any]] = {"Conditions": {}, "Resources": {}}
    outputs: dict[str, Any] = {}
    for stack, resource in template["Resources"].items():
        if resource["Type"] != _STACK:
            _add(parts["Resources"], {stack: resource})
            continue
        nested = yaml_parse((folder / resource["Properties"]["TemplateURL"]).read_text(encoding="utf-8"))
        given = resource["Properties"]["Parameters"]
        for part, found in parts.items():
            _add(found, _with_parameters(nested.get(part, {}), given))
        values = _with_parameters(nested.get("Outputs", {}), given)
        outputs |= {f"{stack}.Outputs.{name}": output["Value"] for name, output in values.items()}
    _add(parts["Conditions"], template.get("Conditions", {}))
    whole: dict[str, Any] = _with_outputs({**template, **parts}, outputs)
    return whole


def _add(to: dict[str, Any], new: Mapping[str, Any]) -> None:
    clash = [name for name, value in new.items() if to.get(name, value) != value]
    if clash:
        raise ValueError(f"nested templates give other meanings to {', '.join(clash)}")
    to.update(new)


def _with_parameters(node: Any, given: Mapping[str, Any]) -> Any:
    match node:
        case {"Ref": str(name)} if name in given:
            return given[name]
        case {"Fn::Sub": str(text)}:
            named = {name: given[name] for name in re.findall(r"\$\{(\w+)\}", text) if name in given}
            return {"Fn::Sub": [text, named]} if named else node
        case dict():
            return {key: _with_parameters(value, given) for key, value in node.items()}
        case list():
            return [_with_parameters(value, given) for value in node]
        case _:
            return node


def _with_outputs(node: Any, outputs: Mapping[str, Any]) -> Any:
    match node:
        case {"Fn::GetAtt": [*path]} if ".".join(map(str, path)) in outputs:
            return outputs[".".join(map(str, path))]
        case dict():
            return {key: _with_outputs(value, outputs) for key, value in node.items()}
        case list():
            return [_with_outputs(value, outputs) for value in node]
        case _:
            return node
