"""The routes of the HTTP API in `infra/api.yaml`, made from the read function's table: `make generated` writes them.

A gateway asks for authorisation route by route, so each path is a resource twice: for GET and for HEAD.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infra.local.paths import ROOT
from read.routes import HEALTH, ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = ROOT / "infra" / "api.yaml"

# They hold no data of a document, and anybody may read them.
PUBLIC = (HEALTH.path, "/", "/assets/{file+}", "/openapi.json", "/docs")

_METHODS = ("GET", "HEAD")
_BEGIN, _END = "  # Routes, made by `make generated`.\n", "  # End of the routes.\n"
_AUTHORISED = "AuthorizationType: *authorization, AuthorizerId: *authorizer, AuthorizationScopes: *scopes"
_OPEN = "AuthorizationType: NONE"


def content() -> str:
    """Return the template with the routes of today between its two marks."""
    before, _, rest = TEMPLATE.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{''.join(_block())}{_END}{after}"


def gateway_paths() -> list[str]:
    """Return the paths that the gateway tells apart, without the public ones.

    A collection stands in the path, so that policies can name it. What is shown of a thing is one path value `view`,
    which takes the suffix of a format as well: timeline, timeline.ics.
    """
    paths = (re.sub(r"(?<=})/\w+$", "/{view}", route.path) for route in ROUTES if route.path not in PUBLIC)
    return list(dict.fromkeys(paths))


def _block() -> Iterator[str]:
    for path in PUBLIC:
        yield from (_resource(method, path, _OPEN) for method in _METHODS)
    for path in gateway_paths():
        yield from (_resource(method, path, _AUTHORISED) for method in _METHODS)


def _resource(method: str, path: str, authorization: str) -> str:
    words = re.findall(r"\w+", path) or ["page"]
    name = f"{method.title()}{''.join(word[0].upper() + word[1:] for word in words)}"
    properties = f'{{ApiId: !Ref Api, RouteKey: "{method} {path}", {authorization}, Target: *read}}'
    return f"  {name}: {{Type: AWS::ApiGatewayV2::Route, Properties: {properties}}}\n"
