"""The command `dateline edit`: editors' decisions about occurrences, made, listed and undone by hand."""
