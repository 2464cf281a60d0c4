"""What the functions share around a document: intake, queue messages, target recipe, settings."""
