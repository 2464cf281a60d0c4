import pytest

from read.formats import JSON, NEGOTIATED, choose
from read.refusals import NotAcceptable


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "application/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "json;q=x, */*",
        "application/json;q=high",
    ],
)
def test_json_is_what_most_readers_get(accept: str | None) -> None:
    assert choose(accept) is JSON


@pytest.mark.parametrize("wanted", NEGOTIATED, ids=lambda one: one.name)
def test_the_media_type_that_is_liked_best_wins(wanted: object) -> None:
    media_type = getattr(wanted, "media_type", "")

    assert choose(media_type.upper()) is wanted
    assert choose(f"text/html, {media_type};q=0.5, application/json;q=0.4, */*;q=0.1") is wanted


def test_the_most_exact_range_decides() -> None:
    assert choose("text/*, text/calendar;q=0.1, */*;q=0.2").name == "csv"


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/json;q=0, image/png", "*/*;q=0"])
def test_who_takes_nothing_that_is_offered_is_told_what_is(accept: str) -> None:
    with pytest.raises(NotAcceptable) as caught:
        choose(accept)

    assert all(one.media_type in str(caught.value) for one in NEGOTIATED)
