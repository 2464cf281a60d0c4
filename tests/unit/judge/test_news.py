"""What a document does itself is done on the day of its publication; what it tells is not dated by it."""

from datetime import date

import pytest

from dateline.ask.schema import AnswerEvent
from dateline.documents import Published
from dateline.documents.read import read
from dateline.judge.dating import Dated, date_event
from dateline.judge.mentions import Mentions, Source
from dateline.judge.news import is_own_act
from dateline.records import UNDATED, Course, When

ACTS = [
    ("en", "We hereby announce the sale of Harland Ferries."),
    ("en", "Harland Ferries is pleased to announce a new crossing to the islands."),
    ("en", "We proudly present a new crossing."),
    ("en", "We are recalling nothing, but we withdraw our offer."),
    ("de", "Wir freuen uns, die neue Linie bekannt zu geben."),
    ("de", "Hiermit kündigen wir den Vertrag."),
    ("fr", "Nous annonçons la fermeture de l'usine."),
    ("fr", "La société est fière de présenter son nouveau ferry."),
    ("es", "La empresa se complace en anunciar la apertura del mercado."),
    ("it", "Siamo lieti di annunciare l'apertura."),
    ("nl", "Wij kondigen de sluiting van de haven aan."),
    ("tr", "Yeni hattın açıldığını duyuruyoruz."),
    ("ru", "Мы объявляем конкурс на ремонт моста."),
    ("uk", "Ми оголошуємо конкурс на ремонт мосту."),
    ("es", "Hoy publicamos las cuentas del mercado."),
    ("de", "Wir veröffentlichen nicht nur die Namen, sondern auch die Zahlen."),
    ("de", "Wir verurteilen, dass die Stadt nicht handelt."),
]
TOLD = [
    ("en", "The ministry announces a reform."),
    ("en", "The company announced that it would close."),
    ("en", '"We announce a strike," the union said.'),
    ("en", "They were pleased to announce it last year."),
    ("en", "We will announce the results in spring."),
    ("en", "We cannot publish the letter."),
    ("en", "The company is not pleased to announce it."),
    ("fr", "Nous ne publions pas ces chiffres."),
    ("es", "No publicamos rumores."),
    ("es", "Ayer publicamos las cuentas del mercado."),
    ("es", "En mayo de 2023 presentamos la demanda."),
    ("es", "La semana pasada anunciamos el cierre."),
    ("it", "Non pubblichiamo voci."),
    ("de", "Wir veröffentlichen nicht jede Zuschrift."),
    ("de", "Namen veröffentlichen wir nicht."),
    ("de", "Wir geben keine Einzelheiten bekannt."),
    ("nl", "Wij publiceren geen namen."),
    ("nl", "Wij kondigen niets aan wat niet vaststaat, en wij publiceren niet alles."),
    ("tr", "Sonuçları açıklamıyoruz."),
    ("ru", "Мы не публикуем слухи."),
    ("uk", "Ми не публікуємо чуток."),
    ("de", "Das Ministerium kündigt eine Reform an."),
    ("de", "„Wir verurteilen das“, sagte die Sprecherin."),
    ("fr", "Le ministère annonce une réforme."),
    ("es", "El ministerio anuncia una reforma."),
    ("ru", "Министерство объявило конкурс."),
    ("xx", "We hereby announce it."),
]


@pytest.mark.parametrize(("language", "text"), ACTS)
def test_acts(language: str, text: str) -> None:
    assert is_own_act(text, language)


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_what_is_told_quoted_denied_or_ahead_is_no_act(language: str, text: str) -> None:
    assert not is_own_act(text, language)


def when(
    text: str,
    edtf: str | None,
    *,
    published: date | None = date(2024, 5, 24),
    course: Course = "done",
    by: bool = False,
    language: str = "en",
) -> When:
    document = read(
        text.encode(), name="x", language=language, published=Published(published, "caller") if published else None
    )
    event = AnswerEvent(t="x", s=[1], x=[*([] if course == "done" else [course]), *([0] if by else [])], d=None, e=edtf)
    dated = date_event(event, document.sentences[:1], Source(document, Mentions(document), language, "en"))
    assert isinstance(dated, Dated)
    return dated.when


def test_an_act_without_words_of_its_date_is_dated_by_the_publication() -> None:
    found = when("We hereby announce the sale.", "2024-05-24")

    assert (found.edtf, found.precision, found.basis, found.words) == ("2024-05-24", "day", "published", None)
    assert found.anchor is not None
    assert (found.anchor.source, found.anchor.published) == ("published", date(2024, 5, 24))


def test_nothing_else_is() -> None:
    act = "We hereby announce the sale."

    assert when(act, None) == UNDATED
    assert when(act, "2024-05-24", published=None) == UNDATED
    assert when(act, "2024-05-24", course="planned") == UNDATED
    assert when(act, "2023-01-02") == UNDATED


def test_news_that_no_words_date_happened_on_or_before_the_day_of_its_publication() -> None:
    found = when("The council rejected the plan.", "2024-05-24", by=True)

    assert (found.basis, found.edtf, found.earliest, str(found.latest)) == (
        "reported",
        "../2024-05-24",
        None,
        "2024-05-24",
    )
    assert found.anchor is not None
    assert found.anchor.published == date(2024, 5, 24)


BACKGROUND = [
    ("en", "The harbour had been closed after a fire."),
    ("en", "She previously headed the port authority."),
    ("en", "The two towns fought over the ferry years ago."),
    ("en", "Orlane had already bought the northern quay."),
    ("en", "In 1998 the yard employed four thousand people."),
    ("de", "Zuvor hatte der Rat den Plan zweimal abgelehnt."),
    ("de", "Die Werft war 1974 gegründet worden."),
    ("de", "Damals protestierten die Fischer."),
    ("fr", "Le maire avait promis un nouveau quai."),
    ("fr", "La ligne était autrefois gérée par la région."),
    ("es", "El puerto había cerrado tras un incendio."),
    ("es", "La empresa anteriormente vendía barcos."),
    ("it", "La nave era stata venduta a un armatore."),
    ("it", "In passato il consiglio respinse il piano."),
    ("nl", "De haven was eerder gesloten."),
    ("tr", "Belediye planı daha önce reddetti."),
    ("tr", "Liman bir yangından sonra kapatılmıştı."),
    ("ru", "Ранее совет отклонил план."),
    ("uk", "Раніше рада відхилила план."),
    ("en", "At the time the ferry carried mail."),
    ("en", "The council, which runs the quay, had rejected the plan."),
    ("en", "It saved the fair, which had been dominated by a dispute."),
]


@pytest.mark.parametrize(("language", "text"), BACKGROUND)
def test_background_is_not_dated_by_the_report(language: str, text: str) -> None:
    assert when(text, "2024-05-24", language=language).basis == "undated"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council rejected the plan."),
        ("en", "Customers said that the line had been cut."),
        ("en", '"I had hoped for more," the mayor told the council, and resigned.'),
        ("de", "Der Rat lehnte den Plan ab."),
        ("fr", "Le conseil a rejeté le plan."),
        ("es", "El consejo rechazó el plan."),
        ("ru", "Совет отклонил план."),
        ("en", "The plan, begun two years ago, was dropped by the council."),
        ("en", "The council (founded in 1911) bought the quay."),
        ("de", "Der Rat, der 2011 noch abgelehnt hatte, kaufte den Kai."),
        ("fr", "Le conseil, qui avait refusé en 2011, a acheté le quai."),
    ],
)
def test_news_is(language: str, text: str) -> None:
    assert when(text, "2024-05-24", language=language).basis == "reported"


def test_what_is_planned_or_undated_by_the_model_is_not_reported() -> None:
    assert when("The council rejects the plan.", "2024-05-24", course="planned") == UNDATED
    assert when("The council rejects the plan.", None) == UNDATED


def test_news_of_a_day_that_a_cited_sentence_names_happened_on_it() -> None:
    text = "The council said on 21 May that it had rejected the plan."

    implied, other = when(text, "2024-05-21"), when(text, "2024-05-24")

    assert (implied.basis, implied.edtf, implied.checked) == ("context", "2024-05-21", "agrees")
    assert implied.anchor is not None
    assert (implied.anchor.sentence, implied.anchor.words) == (1, "on 21 May")
    assert other.basis == "reported"
