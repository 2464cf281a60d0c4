"""The commands that read a deployment over its HTTP API, as any caller does."""
