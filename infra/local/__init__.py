"""The whole stack on a laptop: the project's own template and functions on an emulator of AWS, over real HTTP."""
