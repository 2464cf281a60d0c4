"""The error that the local stack shows its user."""

from __future__ import annotations


class Trouble(Exception):
    """Something outside this program is in the way. The message says what it is and what to do about it."""
