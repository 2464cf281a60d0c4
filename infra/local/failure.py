"""What a user has to know when the local stack cannot do its work."""

from __future__ import annotations


class Trouble(Exception):
    """Something outside this program is in the way. The message says what it is and what to do about it."""
