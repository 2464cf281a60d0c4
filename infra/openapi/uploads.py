"""The routes of the upload function in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from infra.openapi import examples
from upload.answers import Upload
from upload.routes import DOCUMENT, UPLOADS
from upload.wanted import NewUpload

Node = dict[str, Any]

_ONLY_WHERE = "Only where the deployment has its parameter `Uploading` on, for those who may write."


def paths(collection: Node, document: Node, refused: Node, body_refused: Node) -> dict[str, Node]:
    """Describe both routes, given the parameters that name things, and how requests and bodies are refused."""
    post = {
        "operationId": "upload",
        "tags": ["documents"],
        "summary": "Ask for leave to upload a file, which becomes a document or replaces one",
        "description": f"{_told(NewUpload)} {_ONLY_WHERE}",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/{NewUpload.__name__}"},
                    "example": examples.NEW_UPLOAD.model_dump(mode="json", exclude_defaults=True),
                }
            },
        },
        "responses": {
            "201": {
                "description": _told(Upload),
                "content": {
                    "application/json": {
                        "schema": {"$ref": f"#/components/schemas/{Upload.__name__}"},
                        "example": examples.UPLOAD.model_dump(mode="json"),
                    }
                },
            },
            **body_refused,
        },
    }
    delete = {
        "operationId": "delete_document",
        "tags": ["documents"],
        "summary": "Delete a document's file",
        "description": f"What was made of it is gone within seconds. {_ONLY_WHERE}",
        "responses": {"204": {"description": "Its file is deleted."}, **refused},
    }
    return {
        UPLOADS: {"parameters": [collection], "post": post},
        DOCUMENT: {"parameters": [document], "delete": delete},
    }


def _told(model: type) -> str:
    return " ".join((model.__doc__ or "").split())
