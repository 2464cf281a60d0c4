"""Who asks and which collections they may see, by what the gateway has checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

# Claims that name people, the most telling first.
_NAMES = ("email", "preferred_username", "username", "cognito:username", "sub")
_LONGEST = 200


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
    function as text, also those that are arrays in the token: `[a b]`; what is no text names nothing.
    """
    if claim is None:
        return Access()
    said = _claims(event).get(claim)
    text = said if isinstance(said, str) else ""
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return Access(frozenset(unquote(name) for name in text.split()))


def caller(event: Mapping[str, Any]) -> str | None:
    """Name who asks, by their token, else by their signature; None: the gateway asks nobody who they are."""
    claims = _claims(event)
    named = next((claims[name] for name in _NAMES if claims.get(name)), None)
    signed = (_authorizer(event).get("iam") or {}).get("userArn")
    return str(named or signed)[:_LONGEST] if named or signed else None


def _claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    claims: Mapping[str, Any] = (_authorizer(event).get("jwt") or {}).get("claims") or {}
    return claims


def _authorizer(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return event["requestContext"].get("authorizer") or {}
