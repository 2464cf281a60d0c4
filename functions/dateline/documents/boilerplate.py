"""Where a text's own words end and links to other pages begin ("Related topics:", "Weitere Nachrichten")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The headings that publishers put over links to other articles. A line must consist of one of them, or begin with it
# and a colon: the same words inside a sentence mean nothing.
_HEADINGS = (
    # English
    "related topics", "related articles", "related stories", "related news", "related content", "related links",
    "more news", "more stories", "more on this story", "more on this topic", "more from this section", "read more",
    "read also", "read next", "see also", "you may also like", "you might also like", "most read",
    # German
    "verwandte themen", "verwandte artikel", "ähnliche artikel", "ähnliche themen", "weitere nachrichten",
    "weitere artikel", "weitere meldungen", "weitere themen", "mehr zum thema", "mehr nachrichten", "lesen sie auch",
    "lesen sie mehr", "das könnte sie auch interessieren", "auch interessant", "meistgelesen",
    # French
    "sujets associés", "sujets liés", "articles liés", "articles similaires", "sur le même sujet", "à lire aussi",
    "lire aussi", "lire la suite", "plus d'actualités", "les plus lus",
    # Spanish
    "temas relacionados", "artículos relacionados", "noticias relacionadas", "más noticias", "lea también",
    "lee también", "te puede interesar", "lo más leído",
    # Italian, Portuguese, Dutch
    "argomenti correlati", "articoli correlati", "leggi anche", "altre notizie", "tópicos relacionados",
    "notícias relacionadas", "leia também", "mais notícias", "gerelateerde onderwerpen", "gerelateerde artikelen",
    "lees ook", "meer nieuws",
    # Polish, Turkish
    "powiązane tematy", "czytaj także", "czytaj też", "więcej wiadomości", "ilgili konular", "ilgili haberler",
    "diğer haberler", "daha fazla haber",
    # Russian, Ukrainian
    "связанные темы", "похожие темы", "по теме", "читайте также", "другие новости", "еще новости", "ещё новости",
    "пов'язані теми", "повʼязані теми", "пов’язані теми", "за темою", "читайте також", "інші новини", "більше новин",
    # Czech, Hungarian, Romanian, Swedish, Danish, Norwegian, Finnish, Greek
    "související témata", "související články", "další zprávy", "čtěte také", "kapcsolódó cikkek", "további hírek",
    "olvassa el ezt is", "articole similare", "citește și", "mai multe știri", "relaterade artiklar", "läs även",
    "läs också", "mer nyheter", "relaterede artikler", "læs også", "relaterte artikler", "les også", "lue myös",
    "aiheeseen liittyvää", "σχετικά άρθρα", "διαβάστε επίσης", "περισσότερα νέα",
    # Chinese, Japanese, Korean
    "相关阅读", "相关新闻", "相关主题", "更多新闻", "延伸阅读", "相關新聞", "相關閱讀", "延伸閱讀", "更多新聞",
    "関連記事", "関連ニュース", "関連トピック", "あわせて読みたい", "おすすめ記事", "관련 기사", "관련 뉴스",
    "더 많은 뉴스",
    # Arabic, Hebrew, Persian, Hindi, Thai, Vietnamese, Indonesian
    "مواضيع ذات صلة", "اقرأ أيضا", "اقرأ أيضًا", "أخبار ذات صلة", "المزيد من الأخبار", "כתבות קשורות", "קראו גם",
    "مطالب مرتبط", "अन्य खबरें", "यह भी पढ़ें", "संबंधित खबरें", "ข่าวที่เกี่ยวข้อง", "อ่านเพิ่มเติม",
    "tin liên quan", "đọc thêm", "tin khác", "berita terkait", "baca juga",
)  # fmt: skip
_HEADING = re.compile(rf"\W*(?:{'|'.join(map(re.escape, _HEADINGS))})\s*(?:[:：].*|\W*)", re.IGNORECASE)
_PROSE_END = re.compile(r"[.!?…。！？؟।][\"'”“»«’)\]]*\s*$")
_LONGEST_HEADING = 200  # a longer line is a paragraph, whatever it begins with; in code points
_MOST_PROSE = 0.5


def boilerplate_from(lines: Sequence[str]) -> int:
    """Return the index of the line from which on all is boilerplate, or the number of lines where none is.

    Links and headlines end without a full stop. Where at least half of what follows such a heading is prose, the
    heading stands in the middle of the article, and hiding what follows would lose it.
    """
    begin = len(lines)
    total = prose = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if not (prose and prose >= _MOST_PROSE * total) and _is_heading(line):
            begin = index
        total += len(line)
        prose += len(line) if _PROSE_END.search(line) else 0
    return begin


def _is_heading(line: str) -> bool:
    return len(line) <= _LONGEST_HEADING and _HEADING.fullmatch(line.strip()) is not None
