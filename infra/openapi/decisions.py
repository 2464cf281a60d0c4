"""The routes of the edit function in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from dateline.lane.decisions import NewDecision
from edit.routes import DECISION, DECISIONS
from infra.openapi import examples

Node = dict[str, Any]

_ONLY_WHERE = "Only where the deployment has its parameter `Editing` on, for those who may edit."
_MADE = "It was written, and is followed within seconds."


def paths(collection: Node, refused: Node, body_refused: Node) -> Node:
    """Describe both routes, given the parameter that names a collection, and how requests and bodies are refused."""
    about = " ".join((NewDecision.__doc__ or "").split())
    asked = {
        "schema": {"$ref": f"#/components/schemas/{NewDecision.__name__}"},
        "example": examples.NEW_DECISION.model_dump(exclude_defaults=True),
    }
    made = {
        "schema": {"$ref": "#/components/schemas/Decided"},
        "example": examples.DECIDED.model_dump(),
    }
    post = {
        "operationId": "decide",
        "tags": ["decisions"],
        "summary": "Decide about occurrences: join, split, hide, correct or note",
        "description": f"{about} {_ONLY_WHERE}",
        "requestBody": {"required": True, "content": {"application/json": asked}},
        "responses": {"201": {"description": _MADE, "content": {"application/json": made}}, **refused, **body_refused},
    }
    delete = {
        "operationId": "undo",
        "tags": ["decisions"],
        "summary": "Undo a decision",
        "description": f"Occurrences are as if it had not been made, within seconds. {_ONLY_WHERE}",
        "responses": {"204": {"description": "It is undone, or there is none of this id."}, **refused},
    }
    decision = {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "the decision's id",
        "schema": {"type": "string", "minLength": 1, "description": "the decision's id"},
        "example": examples.DECIDED.id,
    }
    return {
        DECISIONS: {"parameters": [collection], "post": post},
        DECISION: {"parameters": [collection, decision], "delete": delete},
    }
