"""What a document costs at most: instructions, the request beside its text, the answer beside its quoted form."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from dateline.documents import Document
from dateline.documents.read import read
from tests.evaluation.costs import Answer, Request, answer_cost, request_cost
from tests.evaluation.gold import documents
from tests.evaluation.tables import Tables, figures

MOST_INSTRUCTIONS = 1_200  # tokens
MOST_OVERHEAD = 1.08  # of the text's own code points
# Markers and the publication date take 60 code points; only from about this length on they are a small part.
LEAST_ARTICLE = 1_400
MOST_ANSWER = 0.5  # of the tokens of the same findings with quotes and long keys
FIVE = ("de-bridge-trial", "en-ferry-sale", "fr-port-sale", "es-market-accounts", "ru-mayor-resigns")

ROOT = Path(__file__).parents[2]


def articles() -> dict[str, Document]:
    """Read the project's samples, and the article that may lie beside the project."""
    files = [*(ROOT / "infra" / "samples").rglob("*.txt"), *(ROOT.parent / "shared" / "articles").glob("*.txt")]
    return {file.stem: read(file.read_bytes(), name=file.name) for file in sorted(files)}


def test_requests_hold_little_beside_the_text(tables: Tables) -> None:
    costs = {name: request_cost(document) for name, document in articles().items()}

    tables.append(_requests_table(costs))
    assert {cost.instructions for cost in costs.values()} == {min(cost.instructions for cost in costs.values())}
    assert all(cost.instructions <= MOST_INSTRUCTIONS for cost in costs.values())
    long = {name: cost for name, cost in costs.items() if cost.text >= LEAST_ARTICLE}
    assert len(long) > 1
    assert not {name: cost for name, cost in long.items() if cost.message > MOST_OVERHEAD * cost.text}


def test_answers_are_half_of_their_quoted_form(tables: Tables) -> None:
    costs = {name: answer_cost(documents()[name], documents()[name].read()) for name in FIVE}

    total = Answer(sum(cost.short for cost in costs.values()), sum(cost.long for cost in costs.values()))
    tables.append(_answers_table({**costs, "all": total}))
    assert total.short <= MOST_ANSWER * total.long


def _requests_table(costs: dict[str, Request]) -> Table:
    return figures(
        f"Requests: code points beside the text (at most {MOST_OVERHEAD} × from {LEAST_ARTICLE} on), "
        f"about so many tokens of instructions (at most {MOST_INSTRUCTIONS})",
        ("article", "text", "message", "×", "instructions"),
        [
            (name, str(cost.text), str(cost.message), f"{cost.message / cost.text:.3f}", str(cost.instructions))
            for name, cost in costs.items()
        ],
    )


def _answers_table(costs: dict[str, Answer]) -> Table:
    return figures(
        f"Answers: about so many tokens as asked for, and with quotes and long keys (at most {MOST_ANSWER} ×)",
        ("document", "asked for", "quoted", "×"),
        [(name, str(cost.short), str(cost.long), f"{cost.short / cost.long:.2f}") for name, cost in costs.items()],
    )
