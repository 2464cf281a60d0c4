"""Events of the drop queue, as the event source mapping hands them to the function."""

from __future__ import annotations

import json
from typing import Any

from tests.functions.conftest import sample


def batch(*messages: tuple[dict[str, Any] | str, int]) -> dict[str, Any]:
    """Make an event of bodies, each with its receive count."""
    record = sample("summarize-sweep")["Records"][0]
    return {
        "Records": [
            {
                **record,
                "messageId": f"message-{number}",
                "body": body if isinstance(body, str) else json.dumps(body),
                "attributes": {**record["attributes"], "ApproximateReceiveCount": str(count)},
            }
            for number, (body, count) in enumerate(messages)
        ]
    }


def document(key: str, attempt: int = 0, plan: str | None = None) -> dict[str, Any]:
    return {"kind": "document", "key": key, "plan": plan, "attempt": attempt}


def notification(key: str, version: str) -> dict[str, Any]:
    """Make the body of S3's notification of an upload, as a sample has it."""
    body: dict[str, Any] = json.loads(sample("summarize-created")["Records"][0]["body"])
    body["Records"][0]["s3"]["object"] |= {"key": key, "versionId": version}
    return body
