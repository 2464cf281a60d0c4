"""Reports of several documents to occurrences: one thing that happened, with all that a collection says of it."""
