"""Word, OpenDocument, Rich Text and sheets."""
