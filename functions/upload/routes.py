"""The routes by which documents are uploaded and deleted; the gateway and the OpenAPI document have them from here."""

from __future__ import annotations

UPLOADS = "/collections/{name}/uploads"
DOCUMENT = "/documents/{id}"
