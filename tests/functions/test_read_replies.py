from http import HTTPStatus

import pytest

from read.refusals import TooLarge
from read.replies import Answer, reply

ANSWER = Answer(b"word " * 1_000, "text/plain")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", "gzip"),
        ("br, gzip;q=0.5", "gzip"),
        ("*", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.0, *", None),
        ("br", None),
        ("", None),
    ],
)
def test_an_answer_is_compressed_for_those_who_take_it(accepted: str, encoding: str | None) -> None:
    assert reply(ANSWER, "GET", {"accept-encoding": accepted}).headers.get("Content-Encoding") == encoding


def test_what_is_small_is_not_compressed() -> None:
    small = reply(Answer(b"word", "text/plain"), "GET", {"accept-encoding": "gzip"})

    assert (small.body, "Content-Encoding" in small.headers) == ("word", False)


@pytest.mark.parametrize("mark", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_these_bytes_gets_them_not_again(mark: str) -> None:
    etag = str(reply(ANSWER, "GET", {}).headers["ETag"])

    again = reply(ANSWER, "GET", {"if-none-match": mark.format(etag)})

    assert (again.status_code, again.body) == (HTTPStatus.NOT_MODIFIED, "")


def test_compressed_bytes_are_other_bytes() -> None:
    etag = str(reply(ANSWER, "GET", {}).headers["ETag"])

    assert reply(ANSWER, "GET", {"if-none-match": etag, "accept-encoding": "gzip"}).status_code == HTTPStatus.OK


def test_what_lambda_cannot_hand_on_is_refused_with_what_to_do() -> None:
    quotes = Answer(b'"' * 3_000_000, "text/plain")

    with pytest.raises(TooLarge, match="Accept-Encoding: gzip"):
        reply(quotes, "GET", {})
    assert reply(quotes, "GET", {"accept-encoding": "gzip"}).status_code == HTTPStatus.OK
    assert reply(Answer(b"a" * 5_400_000, "text/plain"), "GET", {}).status_code == HTTPStatus.OK
