"""Which collections a reader may read, by the token that the gateway has checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Access:
    """The collections that a reader may read; None is no limit."""

    collections: frozenset[str] | None = None

    def allows(self, collection: str) -> bool:
        """Return whether a reader may read a collection."""
        return self.collections is None or collection in self.collections


def read_access(event: Mapping[str, Any], claim: str | None) -> Access:
    """Read the limit from a request's claims: names of collections, percent-encoded, with spaces between them.

    No claim is named: no limit. One is named and this token does not have it: nothing may be read. Claims reach a
    function as text, also those that are arrays in the token: `[a b]`.
    """
    if claim is None:
        return Access()
    authorizer = event["requestContext"].get("authorizer") or {}
    text = str((authorizer.get("jwt") or {}).get("claims", {}).get(claim, ""))
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return Access(frozenset(unquote(name) for name in text.split()))
