"""The extractive stand-in: a model's protocol answered by rules, so that nothing needs a key or a download."""

MODEL = "extractive"
