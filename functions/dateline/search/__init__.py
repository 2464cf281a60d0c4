"""What is searched: folded words, queries over them, segments of bytes that hold them, and hits. Pure, no I/O."""
