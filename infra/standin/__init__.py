"""The extractive stand-in: a model's protocol answered by rules, so that nothing needs a key or a download."""

MODEL = "extractive"
# Tells only what is dated: a model to change to that says something else.
DATED = "extractive-dated"


def is_standin(model: str) -> bool:
    """Tell the stand-in from a model by its name. `extractive-2` does what `extractive` does, a name to change to."""
    return model == MODEL or model.startswith(f"{MODEL}-")
