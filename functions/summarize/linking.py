"""Linking one document: folded in by the rules at once, then a model is asked about the pairs that these leave open."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from dateline import terms
from dateline.ask.estimate import of_call
from dateline.errors import BadRequest, Rejected, Retryable
from dateline.linking.candidates import candidates, to_ask
from dateline.linking.model import Decision
from dateline.linking.question import linking_request, read_linking_answer
from dateline.linking.version import linking_version
from dateline.store.links import Due
from summarize.budget import Meter, total
from summarize.folding import Seen, fold, known
from summarize.telling import read_near, read_told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dateline.linking.features import Features
    from dateline.linking.model import Report
    from dateline.store.heads import Held
    from dateline.store.keys import Place
    from dateline.store.links import LinkingTurn
    from dateline.store.store import Store
    from summarize.folding import Folded
    from summarize.tools import Tools

# Documents that are folded in together: what they share is read and written once.
_AT_ONCE = 10
# No batch of documents is begun this shortly before the deadline: one takes a second or two.
_LAST_SECONDS = 10.0
# A worker begins no batch after so long in its turn: what still waits comes with messages of its own.
_FOLDING_SECONDS = 20.0
# A turn outlives the last batch's beginning by this much; a killed worker's turn ends by then, too.
_TURN_MARGIN_SECONDS = 15.0
_PAUSES_SECONDS = (0.1, 0.2, 0.4)
# A call has twelve candidates at most, so a long document's events take several.
_EVENTS_A_CALL = 8

Asked = dict[str, dict[str, Decision]]


@dataclass(frozen=True, slots=True)
class Linked:
    """How many documents were folded in, the occurrences whose rows were written anew, and the tokens that it took.

    `seen` is what was seen of the documents that were folded in.
    """

    documents: int = 0
    changed: tuple[str, ...] = ()
    tokens: int = 0
    seen: Mapping[str, Seen] = field(default_factory=dict)

    def __add__(self, later: Linked) -> Linked:
        """Return what both came to."""
        changed = tuple(dict.fromkeys((*self.changed, *later.changed)))
        tokens = self.tokens + later.tokens
        return Linked(self.documents + later.documents, changed, tokens, {**self.seen, **later.seen})


def link(place: Place, tools: Tools, deadline: float) -> Linked:
    """Make a collection's occurrences say what readers see of a document, before `deadline` (`time.monotonic`).

    What the rules find is seen at once, whatever the model does. Retryable: it is another worker's turn, or the model
    cannot answer now; what was done is not done again.
    """
    store = tools.store
    folded = _fold_own(place, tools, deadline)
    seen = tools.desk.seen.pop(place.document_id, None)
    if seen is not None and not seen.is_open:
        return folded
    held = store.heads.get(place.document_id)
    if held is None or held.is_linked:
        return folded
    seen = seen or _look(place, store)
    tokens, is_answered = _ask(held, seen, tools, deadline)
    if is_answered:
        again = _fold_own(place, tools, deadline)
        folded = replace(folded + again, documents=max(folded.documents, again.documents))
    store.heads.note_linked(held)
    return replace(folded, tokens=tokens)


def _fold_own(place: Place, tools: Tools, deadline: float) -> Linked:
    """Fold a document in with all that wait, unless a message of the same run of the function does so meanwhile.

    Retryable: it is another worker's turn.
    """
    if not _is_waiting(place, tools.store):
        return Linked()
    with tools.desk.alone(place.collection) as at_once:
        if not at_once and not tools.store.links.is_due(place.collection, place.document_id):
            return Linked()
        if tools.desk.taken.get(place.collection, 0.0) > time.monotonic():
            raise Retryable("another worker links this collection")
        try:
            linked = fold_waiting(place.collection, place.document_id, tools.store, deadline)
        except Retryable as error:
            tools.desk.taken[place.collection] = time.monotonic() + (error.after or 0.0)
            raise
        tools.desk.seen.update(linked.seen)
        return linked


def _look(place: Place, store: Store) -> Seen:
    """Read what a document tells and what others tell near it, where another worker has folded it in."""
    reports = read_told(place.document_id, place.collection, store).reports
    lengths = store.links.lengths(place.collection)
    return Seen(reports, read_near(reports, place.collection, lengths, store), is_open=True)


def _ask(held: Held, seen: Seen, tools: Tools, deadline: float) -> tuple[int, bool]:
    """Ask the model about the pairs that the rules leave open and that nobody has paid for yet.

    Return the tokens, and whether it said anything. Each answer is noted before anything else, so that none that was
    paid for is lost. Where the model refuses, the rules alone decide. Retryable: it cannot answer now.
    """
    asked: Asked = {}
    tokens = 0
    for _ in range(1 + len(seen.reports) // _EVENTS_A_CALL):
        pairs = _undecided(seen, tools.store, asked)
        answer, used = _answer(pairs, tools, deadline) if pairs else (None, 0)
        tokens += used
        if answer:
            due = Due(document=held.head.document_id, stamp=uuid4().hex, asked=answer)
            tools.store.links.put_due(held.head.place.collection, due)
        if used:
            tools.store.heads.note_asked(held, tokens)
        if not answer:
            break
        for event, decided in answer.items():
            asked.setdefault(event, {}).update(decided)
    return tokens, bool(asked)


def _answer(pairs: Sequence[tuple[Report, Report]], tools: Tools, deadline: float) -> tuple[Asked | None, int]:
    """Make one call, within the document's and the day's budget. Retryable: the model cannot answer now."""
    request = linking_request(pairs)
    meter = Meter(tools.model(), tools.budget.document)
    expected = of_call(request)
    day = tools.store.spending.reserve(expected, tools.budget.day) if tools.budget.day is not None else None
    try:
        completion = meter.complete(request, deadline - _LAST_SECONDS)
    except (BadRequest, Rejected):
        return None, 0
    finally:
        if day is not None:
            tools.store.spending.settle(day, expected, total(meter.usage))
    answer = (read_linking_answer(completion.text, pairs) if completion.finish == "stop" else None) or {}
    if terms.is_standin(tools.asking.model):
        answer = _without_differences(answer)
    return answer, total(meter.usage)


def _without_differences(asked: Asked) -> Asked:
    """Leave out the pairs that are not the same: the stand-in cannot tell, and a model that reads is still to say."""
    same = {
        event: {other: one for other, one in decided.items() if one.verdict == "same"}
        for event, decided in asked.items()
    }
    return {event: decided for event, decided in same.items() if decided}


def _undecided(seen: Seen, store: Store, just: Mapping[str, Mapping[str, Decision]]) -> list[tuple[Report, Report]]:
    """Choose the pairs to ask about: left open by the rules, apart so far, and not decided by a model before.

    Of the reports of one occurrence the likeliest is asked about: it speaks for the others. `just` was decided now.
    """
    others = known(seen.near)
    pairs = [
        (one, other, decision)
        for one in known(seen.reports)
        for other, decision in candidates(one, others)
        if decision.verdict == "open"
    ]
    of = store.links.of_events({event.report.id for one, other, _ in pairs for event in (one, other)})
    asked = store.links.asked((occurrence, event) for event, occurrence in of.items())
    likeliest: dict[tuple[str, str], tuple[Features, Features, Decision]] = {}
    decided: set[tuple[str, str]] = set()
    for one, other, decision in sorted(pairs, key=lambda pair: (-pair[2].score, pair[1].order)):
        mine, theirs = one.report.id, other.report.id
        if mine in of and theirs in of and of[mine] != of[theirs]:
            likeliest.setdefault((mine, of[theirs]), (one, other, decision))
            if theirs in asked.get(mine, {}) or mine in asked.get(theirs, {}) or theirs in just.get(mine, {}):
                decided.add((mine, of[theirs]))
    undecided = [pair for key, pair in likeliest.items() if key not in decided]
    return [(one.report, other.report) for one, other in to_ask(undecided)]


def fold_waiting(
    collection: str, own: str | None, store: Store, deadline: float, first: Callable[[], None] = lambda: None
) -> Linked:
    """Fold in all documents of a collection that wait for it, among them perhaps a message's `own`.

    That a document waits is noted before the turn is asked for: so either this worker folds it in, or the one whose
    turn it is; what neither did is noted still when the message comes again. `first` is done when the turn is taken.
    Retryable: it is another worker's turn.
    """
    until = min(deadline - _LAST_SECONDS, time.monotonic() + _FOLDING_SECONDS)
    turn = _turn(collection, store, until)
    linked = Linked()
    try:
        first()
        while waiting := store.links.due(collection, _AT_ONCE):
            if time.monotonic() > until:
                if own in linked.seen:
                    break
                raise Retryable("this turn has no time left to link all")
            folded = _fold(waiting, own, store, turn)
            linked = linked + folded
            if not folded.documents:
                break
    finally:
        with suppress(Retryable):
            store.links.give_back(turn)
    return linked


def _turn(collection: str, store: Store, until: float) -> LinkingTurn:
    """Take the turn, or wait for it a little: most end after a fraction of a second. Retryable: this one does not."""
    for pause in _PAUSES_SECONDS:
        try:
            return store.links.take_turn(collection, until - time.monotonic() + _TURN_MARGIN_SECONDS)
        except Retryable:
            time.sleep(pause)
    return store.links.take_turn(collection, until - time.monotonic() + _TURN_MARGIN_SECONDS)


def _is_waiting(place: Place, store: Store) -> bool:
    """Return whether a document is to be folded in, and note it where nobody has."""
    held = store.heads.get(place.document_id)
    if held is None or held.is_folded:
        return held is not None and store.links.is_due(place.collection, place.document_id)
    # Who folds it in after this note reads this head or a later one, so that one note is enough for what it tells.
    stamp = f"{held.fence}.{held.head.told or 0}.{linking_version()}"
    store.links.put_due(place.collection, Due(document=place.document_id, stamp=stamp))
    return True


def _fold(waiting: Sequence[Due], own: str | None, store: Store, turn: LinkingTurn) -> Linked:
    """Fold documents in together; where that fails, one by one, so that a bug costs only its own document."""
    try:
        return _linked(fold(waiting, store, turn), len(waiting))
    except Retryable:
        raise
    except Exception:
        if len(waiting) == 1:
            raise
    linked = Linked()
    for due in sorted(waiting, key=lambda one: one.document != own):
        try:
            linked = linked + _linked(fold([due], store, turn), 1)
        except Retryable:
            raise
        except Exception:
            # The other document's own message will say so.
            if due.document == own:
                raise
    return linked


def _linked(folded: Folded, documents: int) -> Linked:
    return Linked(documents, folded.rows, seen=folded.seen)
