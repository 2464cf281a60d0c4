"""The routes by which decisions are made and undone; the gateway and the OpenAPI document have them from here."""

from __future__ import annotations

DECISIONS = "/collections/{name}/decisions"
DECISION = f"{DECISIONS}/{{id}}"
