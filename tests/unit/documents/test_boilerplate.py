import pytest

from dateline.documents.boilerplate import boilerplate_from

ARTICLE = ["Council rejects the plan", "The council rejected the plan on Tuesday.", "A second vote is planned."]


@pytest.mark.parametrize(
    "heading",
    [
        "Verwandte Themen:", "Related topics: more news", "Weitere Nachrichten", "RELATED ARTICLES", "Mehr zum Thema",
        "Sujets associés :", "Temas relacionados", "İlgili haberler:", "Читайте также:", "Пов'язані теми", "相关阅读：",
        "» Read more", "Související články:", "Διαβάστε επίσης", "延伸閱讀", "あわせて読みたい", "관련 기사:",
        "קראו גם:",
        "यह भी पढ़ें:", "ข่าวที่เกี่ยวข้อง", "Tin liên quan", "Baca juga: more",
    ],
)  # fmt: skip
def test_everything_from_the_heading_on_is_boilerplate(heading: str) -> None:
    assert boilerplate_from([*ARTICLE, heading, "Bridge stays closed", "Mayor on leave"]) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Related topics were not discussed.",
        "The paper asked for related topics: bridges, roads.",
        "Mehr zum Thema Brücke",
    ],
)
def test_the_same_words_in_a_sentence_mean_nothing(line: str) -> None:
    assert boilerplate_from([*ARTICLE, line, "Bridge stays closed"]) == 5


def test_an_article_that_goes_on_after_the_heading_is_not_hidden() -> None:
    lines = [*ARTICLE, "Read also: Bridge stays closed", "The mayor had asked for more time.", "He is on leave."]

    assert boilerplate_from(lines) == len(lines)
