"""Clients that show multi-item writes one by one, and die instead of a chosen one, as a killed function does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


class Killed(BaseException):
    """The process is gone: nothing of ours may catch this."""


@dataclass
class Gate:
    """Lets so many single writes through and dies at the next one; `look` is called before each."""

    writes: int
    look: Callable[[], None] = lambda: None
    passed: int = field(default=0, init=False)

    def step(self) -> None:
        self.look()
        if self.passed == self.writes:
            raise Killed
        self.passed += 1


class DyingDynamoDB:
    """A DynamoDB client whose batches are written item by item."""

    def __init__(self, client: Any, gate: Gate) -> None:
        self._client, self._gate = client, gate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def put_item(self, **arguments: Any) -> Any:
        self._gate.step()
        return self._client.put_item(**arguments)

    def update_item(self, **arguments: Any) -> Any:
        self._gate.step()
        return self._client.update_item(**arguments)

    def batch_write_item(self, RequestItems: dict[str, list[Any]]) -> Any:  # noqa: N803
        for table, requests in RequestItems.items():
            for request in requests:
                self._gate.step()
                self._client.batch_write_item(RequestItems={table: [request]})
        return {"UnprocessedItems": {}}


class DyingS3:
    """An S3 client that dies like the table's."""

    def __init__(self, client: Any, gate: Gate) -> None:
        self._client, self._gate = client, gate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def put_object(self, **arguments: Any) -> Any:
        self._gate.step()
        return self._client.put_object(**arguments)

    def delete_objects(self, **arguments: Any) -> Any:
        self._gate.step()
        return self._client.delete_objects(**arguments)

    def upload_fileobj(self, *arguments: Any, **named: Any) -> Any:
        self._gate.step()
        return self._client.upload_fileobj(*arguments, **named)
