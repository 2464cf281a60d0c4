"""Reports of several documents to occurrences: one thing that happened, with everything that a collection says of it."""
