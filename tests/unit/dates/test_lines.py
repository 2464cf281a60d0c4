"""JSON lines in, JSON lines out."""

import json

from dateline.dates.lines import answer_lines


def answers(*lines: object) -> list[dict[str, object]]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(answer) for answer in answer_lines(texts)]


QUESTION = {
    "id": "1", "expression": "im Januar", "sentence": "Im Januar kam der Anruf.", "language": "de",
    "published": "2024-05-24", "context": ["Ende 2023 trafen sie sich."],
}  # fmt: skip


def test_a_question_is_answered() -> None:
    assert answers(QUESTION) == [
        {
            "id": "1", "status": "resolved", "edtf": "2024-01", "earliest": "2024-01-01", "latest": "2024-01-31",
            "rule": "de.month",
        }
    ]  # fmt: skip


def test_what_is_no_date_is_unresolved_with_its_reason() -> None:
    (answer,) = answers({"id": "2", "expression": "two months", "language": "en"})

    assert answer == {
        "id": "2", "status": "unresolved", "edtf": None, "earliest": None, "latest": None, "rule": None,
        "reason": "a length of time, not a date",
    }  # fmt: skip


def test_an_open_end_is_null() -> None:
    (answer,) = answers({"id": "3", "expression": "since 2015", "language": "en"})

    assert (answer["earliest"], answer["latest"]) == ("2015-01-01", None)


def test_only_id_and_expression_are_needed() -> None:
    (answer,) = answers({"id": "4", "expression": "2023-05-03"})

    assert answer["edtf"] == "2023-05-03"


def test_bad_lines_are_named_and_the_rest_is_still_done() -> None:
    found = answers(
        "no json", "", "[]", {"expression": "2023"}, {"id": "1"}, {**QUESTION, "published": "24.5."},
        {**QUESTION, "published": 3}, {**QUESTION, "context": "one"}, "[" * 100_000, QUESTION,
    )  # fmt: skip

    assert [answer.get("line") for answer in found] == [1, 3, 4, 5, 6, 7, 8, 9, None]
    assert [str(answer["error"]).split(":")[0] for answer in found[:-1]] == [
        "no JSON", "no object", "`id` is missing or no string", "`expression` is missing or no string",
        "`published` is no day", "`published` is no day", "`context` is no list of strings", "no JSON",
    ]  # fmt: skip
    assert found[-1]["edtf"] == "2024-01"
