"""What a document costs at most: instructions, the request beside its text, the answer beside its quoted form."""

from __future__ import annotations

from rich.table import Table

from tests.evaluation.costs import Answer, Request, answer_cost, request_cost
from tests.evaluation.gold import documents
from tests.evaluation.tables import Tables, figures

MOST_INSTRUCTIONS = 1_300  # tokens
MOST_OVERHEAD = 1.06  # of the text's own code points
MOST_ANSWER = 0.5  # of the tokens of the same findings with quotes and long keys
# Those whose sentences are as long as a newspaper's; of short notes markers and numbers are a larger part.
ARTICLES = ("de-bridge-trial", "en-ferry-sale", "fr-port-sale", "es-market-accounts", "ru-mayor-resigns")


def test_requests_hold_little_beside_the_text(tables: Tables) -> None:
    costs = {name: request_cost(documents()[name].read()) for name in ARTICLES}

    tables.append(_requests_table(costs))
    assert len({cost.instructions for cost in costs.values()}) == 1
    assert all(cost.instructions <= MOST_INSTRUCTIONS for cost in costs.values())
    assert not {name: cost for name, cost in costs.items() if cost.message > MOST_OVERHEAD * cost.text}


def test_answers_take_at_most_half_of_their_quoted_form(tables: Tables) -> None:
    costs = {name: answer_cost(documents()[name], documents()[name].read()) for name in ARTICLES}

    total = Answer(sum(cost.short for cost in costs.values()), sum(cost.long for cost in costs.values()))
    tables.append(_answers_table({**costs, "all": total}))
    assert total.short <= MOST_ANSWER * total.long


def _requests_table(costs: dict[str, Request]) -> Table:
    return figures(
        f"Requests: code points beside the text (at most {MOST_OVERHEAD} ×), "
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
