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
    # Chinese, Japanese, Arabic
    "相关阅读", "相关新闻", "更多新闻", "関連記事", "関連ニュース", "مواضيع ذات صلة", "اقرأ أيضا", "أخبار ذات صلة",
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
