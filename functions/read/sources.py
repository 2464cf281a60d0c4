"""The documents that exports cite, by their heads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.exports.model import ExportedDocument

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.store.heads import Head


def exported(heads: Mapping[str, Head]) -> dict[str, ExportedDocument]:
    """Say of documents what an export says of them, by their ids."""
    return {
        one: ExportedDocument(
            one, head.place.collection, head.place.path, head.switched_at or head.dropped, about=head.about
        )
        for one, head in heads.items()
    }
