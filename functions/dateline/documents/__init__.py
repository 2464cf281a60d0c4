"""Bytes to a text with numbered sentences; publication date and language."""

from dateline.documents.model import Document, Published, PublishedFrom, Role, Sentence

__all__ = ["Document", "Published", "PublishedFrom", "Role", "Sentence"]
