import codecs
from contextlib import suppress
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.documents.decode import decode, decode_declared
from dateline.errors import Rejected

GERMAN = "Die Übergabe in Düren wurde für März zugesagt, hieß es später."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (GERMAN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + GERMAN.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_reads_unicode_encodings_and_drops_the_mark(data: bytes, encoding: str) -> None:
    decoded = decode(data, max_bytes=1000)

    assert (decoded.text, decoded.encoding) == (GERMAN, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "A plain English sentence with 3 numbers.",
        GERMAN,
        "Президент подписал указ в среду, сообщила пресс-служба.",
        "وافق مجلس المدينة يوم الأربعاء على الخطة الجديدة.",
        "市议会周三批准了新计划。\n市长表示，这些变化将于明年生效。\n",
    ],
)
def test_recognises_utf_16_without_a_mark(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), max_bytes=1000)

    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (GERMAN, ["cp1252"]),
        ("El alcalde anunció que el año próximo habrá elecciones. ¿Quién lo confirmó? Dos españoles.", ["cp1252"]),
        ("Rada miejska przyjęła w środę uchwałę w sprawie nowej ścieżki. Śledztwo trwa.", ["cp1250", "iso8859-2"]),
        ("A városi tanács szerdán jóváhagyta az új tervet, amely jövőre lép életbe.", ["cp1250", "iso8859-2"]),
        ("Belediye meclisi çarşamba günü yeni planı onayladı. Görüşmeler sürüyor.", ["cp1254"]),
        ("Президент подписал указ в среду, сообщила пресс-служба. Министр это опроверг.", ["cp1251", "koi8-r"]),
        ("Міська рада у середу ухвалила новий план. Це підтвердили двоє чиновників.", ["cp1251", "koi8-u"]),
        ("Το δημοτικό συμβούλιο ενέκρινε την Τετάρτη το νέο σχέδιο.", ["cp1253"]),
        ("وافق مجلس المدينة يوم الأربعاء على الخطة الجديدة. وقال رئيس البلدية ذلك.", ["cp1256"]),
        ("מועצת העיר אישרה ביום רביעי את התוכנית החדשה, אמר ראש העיר.", ["cp1255"]),
        ("สภาเมืองอนุมัติแผนใหม่เมื่อวันพุธ นายกเทศมนตรีกล่าวว่าจะมีผลในปีหน้า", ["cp874"]),
        ("市议会周三批准了新计划。市长表示，这些变化将于明年生效。", ["gb18030"]),
        ("市議會週三批准了新計劃。市長表示，這些變化將於明年生效。", ["big5"]),
        (
            "政府は火曜日に新しい計画を発表した。首相は水曜日に説明する予定だと述べた。",
            ["shift_jis", "euc_jp", "iso2022_jp"],
        ),
        ("시의회는 수요일에 새 계획을 승인했다. 시장은 내년에 발효될 것이라고 말했다.", ["euc_kr"]),
    ],
)
def test_recognises_other_encodings_by_what_the_text_looks_like(text: str, encodings: list[str]) -> None:
    assert [decode(text.encode(encoding), max_bytes=1000).text for encoding in encodings] == [text] * len(encodings)


def test_a_byte_that_is_lost_in_utf_8_is_replaced_and_the_rest_stays() -> None:
    decoded = decode(GERMAN.encode() * 10 + b"\xff end", max_bytes=10_000)

    assert (decoded.text, decoded.encoding) == (GERMAN * 10 + "\ufffd end", "utf-8")


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    text = "a\r\nb\rc\n\n\u2028d\u00a0e\u00ad f\ufeffg\x0c"

    assert decode(text.encode(), max_bytes=100).text == "a\nb\nc\n\n\u2028d\u00a0e\u00ad f\ufeffg\x0c"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (" \n\u00a0\u3000\t".encode(), "empty"),
        (b"text with a \0 in it", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "binary"),
        (b"\x01\x02\x03 text", "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "binary"),
        (b"0123456789a", "too_large"),
    ],
)
def test_refuses_what_holds_no_text(data: bytes, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        decode(data, max_bytes=30 if code != "too_large" else 10)

    assert refused.value.code == code


def test_a_stray_control_character_is_no_binary() -> None:
    assert decode(("word " * 100 + "\x1a").encode(), max_bytes=1000).text.endswith("\x1a")


@given(st.binary(max_size=300))
def test_any_bytes_come_to_a_text_or_to_a_reason(data: bytes) -> None:
    try:
        text = decode(data, max_bytes=200).text
    except Rejected:
        return

    assert "\r" not in text
    assert text.encode()


@pytest.mark.parametrize("damage", [b"\xff", b"\xc3", b"\x80", b"\xe2\x80"])
@pytest.mark.parametrize("text", ["Die Schlüssel fehlten.", "“Nobody knew,” she said – and left.", "Мост закрыт."])
def test_one_wrong_byte_leaves_the_rest_of_a_short_utf_8_text(text: str, damage: bytes) -> None:
    middle = len(text) // 2 + 1
    data = text[:middle].encode() + damage + text[middle:].encode()

    decoded = decode(data, max_bytes=1000)

    assert (decoded.text.replace("\ufffd", ""), decoded.encoding) == (text, "utf-8")


@given(st.text(st.characters(codec="utf-8", categories=["L", "Zs"]), min_size=8), st.data())
def test_a_utf_8_text_cut_anywhere_stays_one(text: str, data: st.DataObject) -> None:
    whole = ("Grüße aus Köln – heute. " + text).encode()
    cut = data.draw(st.integers(26, len(whole)))

    decoded = decode(whole[:cut], max_bytes=10_000)

    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("Grüße aus Köln")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_marked_text_survives_a_cut(mark: bytes) -> None:
    encoding = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]
    data = mark + f"{GERMAN} ü".encode(encoding)[:-1]

    assert decode(data, max_bytes=1000).text.startswith(GERMAN)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso8859-2", "Starosta řekl, že most zůstane zavřený, protože škoda je příliš velká."),
        ("iso8859-2", "Starosta povedal, že most zostane zatvorený, lebo škoda je priveľká."),
        ("iso8859-2", "Župan pravi, da bo most še zaprt."),
        ("iso8859-2", "Wójt mówi, że śluza będzie zamknięta."),
        ("cp1250", "Łoś wszedł na śluzę, źle się czuł."),
        ("iso8859-9", "Vali, köprünün kapandığını söyledi."),
        ("cp1254", "Kapı kırıldı."),
        ("cp1252", "El año pasado cayó la peña."),
        ("cp1252", "Het café in Crèvecoeur is dicht."),
        ("iso8859-15", "Le chœur coûte 3 €."),
        ("iso8859-5", "Мэр сказал, что шлюз закрыт до мая."),
        ("cp866", "Мэр сказал, что шлюз закрыт до мая."),
    ],
)
def test_a_sentence_tells_an_8_bit_encoding_from_its_kin(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), max_bytes=1000).text == text


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", "“Too late” – the mayor’s word, for 3 €"),
        ("us-ascii", "cp1252", "“Too late” – the mayor’s word"),
        ("ISO-8859-2", "cp1250", "„Příliš pozdě“ – řekl starosta"),
        ("iso-8859-9", "cp1254", "“Geç kaldık” – dedi vali"),
        ("iso-8859-7", "cp1253", "“Άργησαν” – είπε ο δήμαρχος"),
        ("iso-8859-8-i", "cp1255", "ראש העיר התפטר"),
        ("iso-8859-15", "iso8859-15", "Le chœur coûte 3 €"),
        ("gb2312", "gb18030", "朱镕基来了"),
        ("shift_jis", "cp932", "第①回の会議"),
        ("ks_c_5601-1987", "cp949", "펲시맨이 왔다"),
        ("koi8-r", "koi8-r", "ШЛЮЗ"),
        ("utf-16", "utf-8", "Grüße"),
        ("iso-8859-1", "utf-8", "Grüße aus Köln"),
        ("zlib_codec", "utf-8", "Grüße aus Köln"),
        ("unicode_escape", "utf-8", "Grüße \\u0041"),
    ],
)
def test_a_declared_charset_is_read_as_its_larger_kin_where_the_bytes_bear_it_out(
    label: str, encoding: str, text: str
) -> None:
    assert decode_declared(text.encode(encoding), label, max_bytes=1000).text == text


@given(st.binary(max_size=200), st.sampled_from(["iso-8859-2", "gb2312", "x-user-defined", "replacement", "hz", ""]))
def test_any_bytes_under_any_label_come_to_a_text_or_to_a_reason(data: bytes, label: str) -> None:
    try:
        text = decode_declared(data, label, max_bytes=150).text
    except Rejected:
        return

    assert "\r" not in text
    assert text.encode()


def test_bytes_of_all_kinds_are_no_damaged_text() -> None:
    with pytest.raises(Rejected, match="encoding"):
        decode(bytes(range(256)) * 40, max_bytes=1_000_000)


def test_a_plain_text_that_ends_in_other_bytes_is_told_from_utf_16_at_once() -> None:
    text = b"a harbour and a ferry " * 40 + b"\0\xe9 is sold"  # an odd byte behind a NUL, after a long plain run

    began = thread_time()
    with suppress(Rejected):
        decode(text, max_bytes=10_000)

    assert thread_time() - began < 1
