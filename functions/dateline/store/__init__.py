"""The one table and the bucket behind it."""
