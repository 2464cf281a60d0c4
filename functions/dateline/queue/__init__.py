"""The drop queue: what comes through it, and how the functions write to it."""
