def conflicts(r): return ()
