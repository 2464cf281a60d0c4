"""Everything around the functions: the command line, the local stack, the stand-in, and how results are shown."""
