"""Indexes over heads, each read in its order; the head decides what a document is."""
