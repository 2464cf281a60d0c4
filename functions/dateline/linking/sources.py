def independent_sources(r): return 0
