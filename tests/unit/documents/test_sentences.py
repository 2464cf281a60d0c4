from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.sentences import MAX_SENTENCE, split


def shown(text: str, language: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text, language)]


def test_offsets_are_code_points_also_beyond_the_basic_plane() -> None:
    text = "Ü 😀 war da. 𝔘nd „noch“ einer.\n\nŐk."

    assert shown(text, "de") == ["Ü 😀 war da.", "𝔘nd „noch“ einer.", "Ők."]


def test_numbers_begin_at_one_and_have_no_gaps() -> None:
    assert [sentence.number for sentence in split("One. Two.\nThree\n\nFour.", "en")] == [1, 2, 3, 4]


def test_a_tables_row_is_no_heading_but_a_title_with_its_medium_is() -> None:
    sentences = split("The lock is shut | Moor Courier\n\nPump: P1 | Day of test: 11 May 2024\n", "en")

    assert [sentence.role for sentence in sentences] == ["heading", "body"]


def test_a_heading_without_full_stop_ends_at_its_line() -> None:
    sentences = split("Council rejects the plan\nThe council rejected it.", "en")

    assert [sentence.role for sentence in sentences] == ["heading", "body"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das war im dem 20. Jahrhundert so."),
        ("de", "Sie tagten am 3. Mai in Köln."),
        ("de", "Sie tagten am Dienstag, 3. Mai, in Köln."),
        ("de", "Im 19. und 20. Jahrhundert war das so."),
        ("de", "Das galt z. B. für die 12. Sitzung des Rates."),
        ("de", "„Geht es ohne die Ukraine?“ fragte der Beamte."),
        ("en", "On Feb. 13 the U.S. Senate rejected it."),
        ("en", "“Will it hold?” asked the official."),
        ("fr", "Le 1er mars, M. Dupont a quitté la salle."),
        ("fr", "M. Dupont a quitté la salle."),
        ("ja", "政府は「計画は中止だ。」と発表した。"),
        ("de", "Am 3. 5. 2024 galt § 5 Abs. 3 und das seit Sept. 2023."),
        ("fr", "Mme. Durand est venue le 3 févr. 2024."),
        ("es", "El Sr. García llegó el 3 de feb. de 2024."),
        ("it", "Lo dice l'art. 5 della legge."),
        ("pt", "O Sr. Silva chegou em 3 de fev. de 2024."),
        ("pl", "W 2024 r. rada się zebrała w XX w."),
        ("ru", "Он приехал 3 апр. 2024 г. и уехал."),
        ("uk", "А. П. Іваненко сказав це 3 квіт. 2024 р."),
        ("tr", "2. Dünya Savaşı bitti."),
        ("tr", "Dr. Yılmaz 3 Nis. 2024'te geldi."),
        ("ko", '시장은 "내년에 발효된다."라고 말했다.'),
        ("en", "1. The plan was late."),
        ("en", "It left at 9 a.m. Monday, the port said."),
        ("en", "It is due at 11:15 a.m. May 3 in Moor."),
        ("en", "Doors open at 8 p.m. EST and close at 2 a.m. Pacific time."),
        ("en", "It began at 6 a.m. Moscow time on 23rd. May 2024."),
        ("en", "It ended at 3 p.m. Central on Friday."),
        ("it", "Nel 44 a.C. Roma cadde."),
        ("pt", "Em 44 a.C. Roma caiu, disse D. João de S. Paulo."),
        ("fr", "Il mourut en 44 av. J.-C., dit-on."),
        ("es", "El 3 de mayo vino D. Juan."),
        ("de", "Die Fa. Holm schrieb an Hrn. Brand."),
        ("tr", "Holm A.Ş. Genel Müdürü konuştu."),
        ("el", "Ο κ. Α. Παππάς ήρθε."),
        ("en", "Gen. Holm met Sen. Brand, and Sgt. Reed stayed."),
        ("de", "Die Stadt zahlte 5 Mio. Euro an Dr. Holm und Prof. Brand."),
        ("nl", "De heer dhr. Holm kwam d.d. 3 mei met mevr. Brand."),
        ("pl", "Prof. dr hab. Brand mówił o godz. 10 rano przy ul. Długiej."),
        ("pl", "Dnia 3 maja 2024 r. Rada zamknęła most."),
        ("pl", "W 2024 r. Sejm zmienił ustawę."),
        ("ru", "В мае 2024 г. Совет закрыл мост."),
        ("ru", "Об этом сказал проф. Иванов на ул. Ленина."),
        ("uk", "У 2024 р. Рада закрила міст."),
        ("uk", "Про це сказав проф. Іваненко у м. Київ."),
        ("tr", "II. Mehmed 1453'te geldi."),
        ("tr", "Kent M.Ö. 5. yüzyılda kuruldu, Doç. Dr. Yılmaz dedi."),
        ("hi", "डॉ. शर्मा ने कहा।"),
        ("no", "Kl. 10.30 kom politiet, og møtet begynte kl. 9 mandag."),
        ("nb", "Kl. 10.30 kom politiet."),
        ("da", "Kl. 10.30 kom politiet til nr. 5 med hr. Holm."),
        ("sv", "Kl. 10.30 kom polisen till nr. 5 med prof. Holm."),
        ("fi", "Klo. 10 tuli prof. Virtanen."),
        ("cs", "Ing. Novák a MUDr. Brandová přišli na nám. Míru."),
        ("sk", "Ing. Novák a MUDr. Brandová prišli na nám. Mieru."),
        ("hu", "Prof. Kovács és dr. Szabó kb. 3 órát várt."),
        ("ro", "Dl. Popescu și prof. Ionescu au venit la nr. 5."),
        ("es", "La Srta. Brand y el Gral. Holm llegaron."),
        ("pt", "A Profa. Brand e o Exmo. Sr. Holm chegaram."),
        ("it", "Il Sig. Rossi e la Dott.ssa Bianchi con l'Avv. Verdi sono venuti."),
        ("fr", "Mlle. Brand et le Col. Holm sont venus."),
        ("el", "Ο κ. Παπαδόπουλος και η κα. Γεωργίου ήρθαν."),
    ],
)
def test_does_not_split_inside_a_sentence(language: str, text: str) -> None:
    assert shown(text, language) == [text]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["总理会见了代表团。", "会议于周二结束！", "为什么？", "他说：“好。”"]),
        ("ja", ["政府は火曜日に発表した。", "協議は続いている！", "本当か？"]),
        ("ko", ["시의회는 새 계획을 승인했다.", "협의는 계속된다."]),
        ("ar", ["وافق المجلس على الخطة.", "هل هذا صحيح؟", "نعم."]),
        ("fa", ["شورا طرح را تصویب کرد.", "آیا درست است؟"]),
        ("hi", ["परिषद ने योजना को मंजूरी दी।", "क्या यह सच है?"]),
        ("en", ["It opens at 9 a.m.", "The mayor will come at 10 p.m.", "He knows it."]),
        ("pl", ["Ustawę uchwalono w 1999 r.", "Sejm ją zmienił.", "Kosztowała 5 mln.", "Rada zapłaciła."]),
        ("de", ["Das sagte Max.", "Er ging um 9 Uhr.", "Es kam im Mai.", "Der Rat schwieg."]),
        ("tr", ["Kral II. Mehmed öldü.", "Kent yas tuttu."]),
        ("en", ["He left a year ago.", "3 people stayed.", "He said no.", "It rained."]),
    ],
)
def test_splits_at_the_full_stops_of_the_language(language: str, sentences: list[str]) -> None:
    between = "" if language in ("zh", "ja") else " "

    assert shown(between.join(sentences), language) == sentences


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Holm",
        "By ADA HOLM and Tom van der Brand, The Moor Post, May 16, 2024 9:20 a.m.",
        "Von Ada Holm, Köln.",
        "Par Ada Holm et Tom Brand.",
        "Published May 16, 2024 at 9:20 a.m.",
        "Veröffentlicht am 16. Mai 2024, 9.20 Uhr.",
        "The lower lock on 16 May 2024. Photo: Ada Holm/Moor Agency",
        "Die Schleuse am 16. Mai. Foto: Ada Holm.",
        "(Photo by Ada Holm/Moor Agency)",
        "(Reporting by Ada Holm in Moor; Editing by Tom Brand.)",
    ],
)
def test_lines_about_the_text_are_no_body(line: str) -> None:
    assert {one.role for one in split(f"{line}\n\nThe council met on 3 May 2024.\n", "en")[:-1]} == {"heading"}


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the lower lock had been closed.",
        "By Tom Brand's account the lock had been closed.",
        "By May 16, 2024, Ada Holm had closed the lock.",
        "Published accounts say that 16 locks were closed.",
        "Von Köln bis Bonn war am 16. Mai alles gesperrt.",
        "The photo was taken by Ada Holm on 16 May 2024.",
        "Reporting by the board on 16 May 2024 was late.",
        "Stand up, the mayor said on 16 May 2024.",
    ],
)
def test_sentences_that_begin_like_lines_about_the_text_are_body(line: str) -> None:
    assert {one.role for one in split(f"{line}\n\nThe council met on 3 May 2024.\n", "en")} == {"body"}


def test_splits_thai_where_phrases_end_and_keeps_figures_with_their_words() -> None:
    long = "สภาเมืองอนุมัติแผนใหม่เมื่อวันพุธ นายกเทศมนตรีกล่าวว่าการเปลี่ยนแปลงจะมีผลบังคับใช้ในปีหน้า"
    dated = "เจ้าหน้าที่สองคนยืนยันข่าวนี้ เมื่อวันที่ 3 พฤษภาคม 2567 สภาประชุมกัน"

    assert shown(f"{long} {dated}", "th") == [long, dated]


def test_lines_without_spaces_between_words_are_wrapped_only_where_they_are_full() -> None:
    wrapped = (
        "政府は火曜日に新しい計画を発表し、首相は水曜日に国会でその内容を詳しく説明する予定だと述べたが、野党は強く"
    )

    assert shown(f"{wrapped}\n反対した。\n見出し\n次の文。", "ja") == [f"{wrapped}\n反対した。", "見出し", "次の文。"]


def test_a_sentence_may_go_on_over_wrapped_lines() -> None:
    text = (
        "The council of the town rejected the plan for the bridge on Tuesday, two\n"
        "officials said. The mayor had asked for more time and a second opinion by\n"
        "the court."
    )

    assert [sentence.count("\n") for sentence in shown(text, "en")] == [1, 1]


@pytest.mark.parametrize("text", ["x\n" * 1_000, "漢。" * 1_000], ids=["lines", "sentences"])
def test_what_nobody_writes_as_sentences_is_joined_to_about_a_sentence_each(text: str) -> None:
    joined = shown(text, "en")

    assert 60 <= min(map(len, joined[:-1])) <= max(map(len, joined)) <= 70


def test_a_list_of_short_lines_keeps_a_line_for_each_item() -> None:
    assert len(shown("\n".join(f"{number}. Oak" for number in range(500)), "en")) == 500


def test_boilerplate_goes_to_the_end_of_the_text() -> None:
    sentences = split("Der Rat tagte. Er vertagte sich.\nVerwandte Themen:\nWeitere Nachrichten", "de")

    assert [sentence.role for sentence in sentences] == ["body", "body", "boilerplate", "boilerplate"]


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    parts = shown("word " * 1000, "en")

    assert max(map(len, parts)) <= MAX_SENTENCE
    assert all(part.split(" ").count("word") == len(part.split(" ")) for part in parts)


def test_a_paragraph_longer_than_a_window_splits_like_a_short_one() -> None:
    sentence = "Der Rat tagte am 3. Mai in der Halle und lehnte den Plan ab."

    assert set(shown(f"{sentence} " * 1000, "de")) == {sentence}


@given(st.lists(st.integers(5, 240), min_size=2, max_size=12))
def test_long_sentences_are_whole_wherever_a_window_ends(lengths: list[int]) -> None:
    sentences = [f"Figures of {n} were {', '.join(str(10**5 + n + place) for place in range(n))}." for n in lengths]
    sentences = [one for one in sentences if len(one) <= MAX_SENTENCE]

    assert shown(" ".join(sentences), "en") == sentences


@given(
    st.lists(
        st.sampled_from(
            ["Der Rat", " ", "\n", "\n\n", ". ", "20.", " dem", "? ", "“", "„", "😀", "\u2028", "\u00a0", "a",
             "x" * 700, "Related topics:", "。", "z. B. ", "\t", "3.5", "!", "- "]
        ),
        max_size=40,
    ).map("".join)
    | st.text(max_size=100),
    st.sampled_from(["de", "en", "zh", "und"]),
)  # fmt: skip
def test_spans_ascend_apart_and_hold_all_but_white_space(text: str, language: str) -> None:
    sentences = split(text, language)

    at = 0
    for number, sentence in enumerate(sentences, 1):
        words = text[sentence.start : sentence.end]
        assert sentence.number == number
        assert not text[at : sentence.start].strip()
        assert words
        assert words == words.strip()
        assert len(words) <= MAX_SENTENCE
        at = sentence.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "am 1. Am 1. " * 50_000,
        "a. b. " * 100_000,
        "Read more\n" * 40_000 + "It is prose. " * 40_000,
        ("word " * 14 + "w\n") * 10_000,
        "„(" * 300_000,
        ". " * 300_000,
        "x" * 600_000,
        "\n- " * 200_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_texts_take_time_in_proportion_to_their_length(text: str) -> None:
    """Six hundred thousand code points take about a second at most; what is quadratic takes minutes."""
    begin = process_time()

    split(text, "de")

    assert process_time() - begin < 10
