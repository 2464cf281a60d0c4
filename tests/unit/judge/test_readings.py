"""Each sentence is read once, however many events rest on it."""

import pytest

from dateline.dates import Resolution, Thread
from dateline.documents.read import read
from dateline.judge import readings
from dateline.judge.judge import judge
from tests.unit.judge.answers import answer, event, stored

TEXT = b"The council met in Lowmere on 3 May 2023. Twelve members voted."


def test_the_dates_and_numbers_of_a_sentence_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = read(TEXT, name="x", language="en")
    asked: list[str] = []
    for name in ("find", "resolve", "numbers"):
        plainly = getattr(readings, name)

        def counted(*given: object, name: str = name, plainly: object = plainly, **more: object) -> object:
            asked.append(name)
            assert callable(plainly)
            return plainly(*given, **more)

        monkeypatch.setattr(readings, name, counted)
    words = ["red", "tall", "slow", "late", "warm", "deep", "calm", "wide"]
    events = [event(f"The {one} {other} house sold {number + 20} boats", 1, 2, d="3 May 2023")
              for number, (one, other) in enumerate((one, other) for one in words for other in words)]  # fmt: skip

    judge(document, stored(document, answer(*events, lang="en")))

    assert asked.count("numbers") == len(document.sentences)
    assert asked.count("find") <= 2 * len(document.sentences)
    assert asked.count("resolve") <= 2 * len(document.sentences)


def test_what_is_before_a_sentence_is_the_nearest_of_the_body() -> None:
    document = read("\n\n".join(f"This is sentence {number} of it." for number in range(40)).encode(), name="x")
    last = document.sentences[-1]

    before = readings.Readings(document).before(last)

    assert [sentence.number for sentence in before] == list(range(last.number - 20, last.number))


def test_a_date_hangs_on_the_whole_document_and_each_sentence_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    filler = " ".join("Nobody knew the miller." for _ in range(100))
    story = "The mill burnt on 3 May 1912. A new one opened on 9 June 1913."
    text = f"{story} {filler} In July it rained. In August it froze."
    document = read(text.encode(), name="x", language="en")
    followed: list[str] = []
    plainly = Thread.after

    def counted(thread: Thread, sentence: str) -> Thread:
        followed.append(sentence)
        return plainly(thread, sentence)

    monkeypatch.setattr(Thread, "after", counted)
    of_document = readings.Readings(document)

    july, august = document.sentences[-2:]
    found = [of_document.meaning(words, one, "en", None) for words, one in (("In August", august), ("In July", july))]

    assert [one.edtf for one in found if isinstance(one, Resolution)] == ["1913-08", "1913-07"]
    assert len(followed) == len(document.sentences) - 1
