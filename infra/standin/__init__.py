"""The extractive stand-in: a model's protocol answered by rules, so that nothing needs a key or a download."""

MODEL = "extractive"
# Tells only what is dated: a model to change to that says something else.
DATED = "extractive-dated"
