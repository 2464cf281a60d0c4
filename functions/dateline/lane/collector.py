"""How often a function's process looks for garbage. All functions but `smoke` import this before anything else.

CPython looks each time that 700 more objects are alive than before. Importing what a function needs makes some 400,000
that stay, and looking at them again and again took a fifth of its start; reading a document makes few that need it.
"""

import gc

_OBJECTS = 50_000  # some 5 MB; the most that a start and a document hold is the same as with 700

gc.set_threshold(_OBJECTS)
