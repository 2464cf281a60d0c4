"""What poses as a model's work is boilerplate with a remark; interviews, transcripts and news about data stay news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents import Document
from dateline.documents.planted import planted
from dateline.documents.read import read

BEFORE = "The council met on 3 May 2020.\n\n"
AFTER = "\n\nThe mayor spoke on 4 May 2020."

ANSWERS = [
    '{"events": [{"title": "The mayor resigned.", "date": "2020-05-30"}]}',
    '```json\n{\n  "events": [\n    {"t": "The mayor resigned. He left on 30 May.", "d": "30 May"}\n  ]\n}\n```',
    '{\n  "lang": "en",\n  "ev": [\n    {\n      "t": "The mayor resigned",\n      "s": [1]\n    }\n  ]\n}',
    'Answer: {"head": "The mayor resigns", "sum": "He resigned on 30 May 2020."}',
    '{"summary": "The mayor resigned on 30 May 2020.", "events": []}',
    '[{"date": "2020-05-30", "title": "The mayor resigned"}]',
    '{"date": "2020-05-30", "title": "The mayor resigned"}\n{"date": "2020-05-31", "title": "A dam broke"}',
    '{"events": [\n{"title": "The mayor resigned on 30 May 2020.',
    "{'events': [{'t': 'The mayor resigned on 30 May 2020.'}]}",
    "{events: [{title: 'The mayor resigned on 30 May 2020.'}]}",
    "{“events”: [{“title”: “The mayor resigned on 30 May 2020.”}]}",
    '{"key_events": [{"what": "The mayor resigned on 30 May 2020."}]}',
    '{"timeline": [{"what": "The mayor resigned on 30 May 2020."}]}',
    '{"role": "assistant", "content": "The mayor resigned on 30 May 2020."}',
    '> {"events": [{"what": "The mayor resigned on 30 May 2020."}]}',
    '{"events": [{"quote": "The mayor said he\nhad resigned on 30 May 2020\nfor his health",\n"status": "stated"}]}',
]
CHATS = [
    "User: What happened?\nAssistant: The mayor resigned on 30 May 2020.",
    "User: What happened? Assistant: The mayor resigned on 30 May 2020.",
    "USER: Sum it up.\n\nASSISTANT: The mayor resigned on 30 May 2020.",
    "Human: What happened?\n\nAI: The mayor resigned on 30 May 2020.",
    "**User:** What happened?\n**Assistant:** The mayor resigned on 30 May 2020.",
    "[User]: What happened?\n[Assistant]: The mayor resigned on 30 May 2020.",
    "System: Report the news.\nAssistant: The mayor resigned on 30 May 2020.",
    "system: The mayor resigned on 30 May 2020.",
    "assistant: The mayor resigned on 30 May 2020.",
    "<|im_start|>assistant\nThe mayor resigned on 30 May 2020.<|im_end|>",
    "[INST] What happened? [/INST] The mayor resigned on 30 May 2020.",
    "### Response:\nThe mayor resigned on 30 May 2020.",
    "Benutzer: Was geschah?\nAssistent: Der Bürgermeister trat am 30. Mai 2020 zurück.",
    "Utilisateur : Que s'est-il passé ?\nAssistant : Le maire a démissionné le 30 mai 2020.",
    "Usuario: ¿Qué pasó?\nAsistente: El alcalde renunció el 30 de mayo de 2020.",
    "Utente: Che cosa è successo?\nAssistente: Il sindaco si è dimesso il 30 maggio 2020.",
    "Gebruiker: Wat gebeurde er?\nAssistent: De burgemeester trad op 30 mei 2020 af.",
    "Kullanıcı: Ne oldu?\nAsistan: Belediye başkanı 30 Mayıs 2020'de istifa etti.",
    "Пользователь: Что случилось?\nАссистент: Мэр подал в отставку 30 мая 2020 года.",
    "Користувач: Що сталося?\nАсистент: Мер подав у відставку 30 травня 2020 року.",
    "User: What happened?\n\nAssistant: There were two.\n\nUser: Go on.\n\nAssistant: A dam broke on 30 May 2020.",
]
NEWS = [
    "Q: What happened on 30 May 2020?\nA: The dam was closed on 30 May 2020.",
    "Minister: We closed the dam on 30 May 2020.\nReporter: Why did you?",
    "THE COURT: When was the dam closed?\nTHE WITNESS: It was closed on 30 May 2020.",
    "Judge: Were you the user of the account?\nDefendant: From 30 May 2020.",
    "Interviewer: How long have you been an assistant?\nRook: Since 30 May 2020.",
    "Courier: Did you close the dam?\nMerrin: We closed it on 30 May 2020.",
    "The ministry publishes its data as JSON with a member \"events\": [] since 30 May 2020.",
    'The file held {"events": []} and nothing else until 30 May 2020.',
    '{"station": "Elvry", "level": 3.2}',
    "[1] The report of 30 May 2020, page 3.",
    "[The mayor laughs.] “We closed the dam on 30 May 2020.”",
    "User groups met the makers of the assistant: they asked for a change by 30 May 2020.",
    "Human: 91 %\nAI: 88 %",
    "User: the harbour office\nSystem: Sarn OS 4",
    "Assistant: Lena Rook\nDirector: Odile Merrin",
    "The system: a failure since 30 May 2020. The user: nobody.",
    "The timeline: on 30 May 2020 the dam was closed {see the map}.",
    "Events:\n- 30 May 2020: the dam is closed\n- 31 May 2020: the dam is opened",
]  # fmt: skip


def roles(document: Document, words: str) -> set[str]:
    """Return the roles of the sentences of a passage."""
    start = document.text.index(words)
    inside = [one for one in document.sentences if start <= one.start < start + len(words)]
    return {"boilerplate" if one.role == "boilerplate" else "news" for one in inside}


def document_with(passage: str) -> Document:
    return read(f"{BEFORE}{passage}{AFTER}".encode(), name="a.txt", language="en")


@pytest.mark.parametrize(
    ("passage", "code"), [*((one, "planted_answer") for one in ANSWERS), *((one, "planted_chat") for one in CHATS)]
)
def test_what_poses_as_a_models_work_is_boilerplate_and_said_to_be(passage: str, code: str) -> None:
    document = document_with(passage)

    assert roles(document, passage) == {"boilerplate"}
    assert code in {remark.code for remark in document.remarks}


@pytest.mark.parametrize("passage", [*ANSWERS, *CHATS])
def test_the_news_around_it_stays_news(passage: str) -> None:
    document = document_with(passage)

    assert roles(document, BEFORE.strip()) == roles(document, AFTER.strip()) == {"news"}


@pytest.mark.parametrize("passage", NEWS)
def test_look_alikes_stay_news_and_are_not_remarked_on(passage: str) -> None:
    document = document_with(passage)

    assert roles(document, passage) == {"news"}
    assert document.remarks == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "The council met.\n\n```json\n{passage}\n```\n\nThe mayor spoke."),
        ("a.html", "<html><body><p>The council met.</p><pre>{passage}</pre><p>The mayor spoke.</p></body></html>"),
        ("a.html", "<html><body><p>The council met.</p><p>{passage}</p><p>The mayor spoke.</p></body></html>"),
    ],
)
@pytest.mark.parametrize("passage", [ANSWERS[0], ANSWERS[1].strip("`json\n"), CHATS[0], CHATS[1]])
def test_it_is_told_in_other_formats(name: str, text: str, passage: str) -> None:
    document = read(text.replace("{passage}", passage).encode(), name=name, language="en")

    shown = " ".join(document.words(one) for one in document.sentences if one.role != "boilerplate")
    assert shown == "The council met. The mayor spoke."


def test_a_remark_counts_the_passages() -> None:
    document = read(f"{BEFORE}{ANSWERS[0]}\n\n{AFTER}\n\n{ANSWERS[5]}".encode(), name="a.txt", language="en")

    [remark] = document.remarks
    assert "answer: 2." in remark.message


@given(
    st.lists(
        st.sampled_from(['{"events": [', "{", "}", "]", "User: a b c\n", "Assistant: a b c\n", "\n\n", '"a": ', "x. "])
    )
)
def test_stretches_are_ordered_and_lie_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)

    found = planted(text)

    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
