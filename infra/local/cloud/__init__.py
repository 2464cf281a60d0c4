"""The emulated AWS, and the functions' zips deployed to it."""
