"""Full stops that end no sentence, by language: after titles, abbreviations, ordinals, and hours before their day."""

from __future__ import annotations

import re
from typing import Final

# Abbreviations that something always follows: a name, a number, what they shorten a word of. After a number they are
# units, which may end a sentence.
_ALWAYS: Final = {
    "ar": "د|أ|م",
    "bg": "проф|акад|ген|полк|инж|арх|гр|ул|бул|стр|чл|ал|св|напр",
    "cs": "mgr|ing|bc|judr|mudr|phdr|rndr|thdr|dr|doc|prof|gen|plk|pplk|mjr|kpt|por|sv|ul|nám|č|čp|čl|odst|písm|"
    "tis|tj|tzv|např|cca|resp",
    "da": "kl|ca|dr|prof|hr|fr|nr|bl\\.a|f\\.eks|jf|stk|vedr|pga|inkl|gen|sct|skt",
    "de": "hrn|fa|bspw|gebr|lt|ehem|ev|kath|dr|prof|hr|fr|frl|st|dipl|ing|gen|abg|hl|ca|bzw|evtl|ggf|geb|gest|"
    "inkl|sog|vgl|zzgl|abb|aufl|"
    "bd|hrsg|verf|rd|d\\.\\s?h|z\\.\\s?b|u\\.\\s?a|i\\.\\s?d\\.\\s?r",
    "el": "κ|κα|κκ|δρ|καθ|αρ|σελ|εκ|π\\.χ|αγ",
    "en": "mr|mrs|ms|messrs|dr|prof|gen|col|lt|sgt|capt|maj|cmdr|adm|brig|gov|sen|sens|rep|reps|rev|hon|st|mt|"
    "pres|supt|insp|det|pte|cpl|amb|vs|approx|e\\.g|i\\.e|cf",
    "es": "d|dª|sr|sra|srta|sres|dr|dra|prof|profa|gral|cnel|tte|lic|ing|arq|dña|pdte|excmo|ilmo|avda|núm|art|"
    "aprox|"
    "mons|sto|sta",
    "et": "hr|pr|dr|prof|kell|lk|nr|u|s\\.t|näit",
    "fi": "esim|ks|klo|prof|tri|mm|ym\\.s|n|nro",
    "fr": "mm?|mmes?|mlles?|dr|drs|pr|st|ste|gén|col|cap|av|apr|env|cf|art|chap|tél",
    "hi": "डॉ|श्री|प्रो|कु|पं|स्व|सं|ले|क|मो|रु",
    "hr": "dr|prof|mr|ing|dipl|gđa|g|gosp|sv|br|čl|tj|npr|tzv|ul",
    "hu": "sz|dr|prof|ifj|id|özv|szt|kb|ún|pl|ill|gen|ezr",
    "id": "dr|prof|ir|drs|hj|no|jl|kab|kec|tgl|yth",
    "it": "sig|sigg|sig\\.ra|dott|dott\\.ssa|dr|prof|prof\\.ssa|ing|avv|on|sen|gen|col|cap|ten|mons|geom|rag|"
    "arch|art|pag|pagg|cfr|ca|es|n|s",
    "lt": "dr|prof|doc|val|pan|pvz|t\\.\\s?y|vyr|pulk|kpt|gen",
    "lv": "dr|prof|plkst|piem|t\\.\\s?i|kungs|nr|lpp|ģen",
    "nl": "dhr|mevr|mw|dr|prof|mr|drs|ir|ing|gen|kol|st|nr|blz|ca|d\\.d|m\\.b\\.t|t\\.a\\.v|n\\.a\\.v|i\\.v\\.m|"
    "o\\.a|o\\.l\\.v|bijv|resp|plm",
    "no": "kl|ca|dr|prof|hr|fr|nr|bl\\.a|f\\.eks|jf|pga|inkl|gen|st|t\\.o\\.m",
    "pl": "bryg|dyw|broni|dr|prof|hab|inż|mgr|lek|med|gen|płk|ppłk|mjr|kpt|por|asp|kom|ks|św|bp|abp|kard|red|doc|"
    "mec|godz|ok|"
    "ul|al|nr|str|art|ust|pkt|poz|woj|pow|gm|tzw|m\\.in|np|tj",
    "pt": "d|s|v|sr|sra|srs|dr|dra|prof|profa|eng|arq|gen|cel|cap|exmo|exma|ilmo|av|sto|sta|art|núm|pág|aprox",
    "ro": "dr|prof|ing|dl|dna|dra|nr|art|alin|str|bd|gen|col|lt|cpt|mr|sf|aprox|ex",
    "ru": "проф|акад|ген|полк|подп|кап|лейт|им|ул|просп|пл|кв|стр|рис|см|ср|св|тов|гос|зам|нач|деп|т\\.\\s?е|"
    "т\\.\\s?к|т\\.\\s?н|т\\.\\s?наз|гл|п|пп|ч",
    "sk": "mgr|ing|bc|judr|mudr|phdr|rndr|dr|doc|prof|gen|plk|pplk|mjr|kpt|sv|ul|nám|č|čl|ods|písm|tis|tj|tzv|"
    "napr|cca|resp",
    "sl": "dr|prof|mag|inž|dipl|ga|g|sv|št|čl|odst|tj|npr|t\\.\\s?i|ul|gen|polk",
    "sr": "г|g|др|проф|инж|ген|пук|св|бр|чл|тј|нпр|тзв|ул|dr|prof|inž|gen|puk|sv|br|čl|tj|npr|tzv|ul",
    "sv": "kl|ca|dr|prof|hr|fr|nr|bl\\.\\s?a|t\\.\\s?ex|s\\.\\s?k|f\\.\\s?d|jfr|inkl|gen|s:t|d\\.\\s?v\\.\\s?s",
    "tr": "ltd|şti|a\\.\\s?ş|dr|prof|doç|yrd|öğr|gör|uzm|av|alb|gen|org|korg|tümg|tuğg|sn|hz|cad|sok|mah|bkz|yy|"
    "m\\.\\s?ö|"
    "m\\.\\s?s|i\\.\\s?ö|yön|müh|op",
    "uk": "проф|акад|ген|полк|ім|вул|просп|пл|буд|кв|стор|рис|див|напр|м|св|гр|зам|деп|т\\.\\s?зв|т\\.\\s?б|п|ч",
    "vi": "ts|ths|gs|pgs|tp|bs|ks|lm",
}  # fmt: skip
# Those that only a number follows: months, articles, pages.
_NUMBERED: Final = {
    "de": "abs|nr|art|kap|ziff|rn|jan|jän|feb|mär|apr|jun|jul|aug|sept?|okt|nov|dez",
    "en": "nos|pp|figs?|arts?|vols?|ch|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    "es": "art|núm|cap|pág|ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic",
    "fr": "art|chap|janv|févr|avr|juil|sept|oct|nov|déc",
    "it": "art|cap|pag|gen|feb|mar|apr|mag|giu|lug|ago|sett?|ott|nov|dic",
    "pl": "art|nr|poz|ust|stycz|lut|kwiet|czerw|lip|sierp|wrz|paźdz|listop|grudz",
    "pt": "art|cap|pág|jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez",
    "ru": "ст|стр|гл|рис|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек",
    "tr": "md|oca|şub|mar|nis|may|haz|tem|ağu|eyl|eki|kas|ara",
    "uk": "ст|стор|рис|січ|лют|бер|квіт|трав|черв|лип|серп|вер|жовт|листоп|груд",
}  # fmt: skip
# Languages that write an ordinal with a full stop: "II. Mehmed", "20. yüzyılda".
_ORDINAL_STOPS: Final = frozenset(
    {"cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "no", "pl", "sk", "sl", "sr", "tr"}
)
_ROMAN_AT_START = re.compile(r"^[IVXLC]{1,6}\.$")
_ROMAN = re.compile(r"(?<!\S)[IVXLC]{1,6}\.$")
_BEFORE_NAMES: Final = frozenset({"hu", "tr"})  # which write the number of a ruler before the name
# Words that begin a sentence with the day or year on which something happened, and the abbreviated word for "year".
_IN_THE_YEAR: Final = {
    "pl": (
        r"(?:w(?:e|\s+dniu)?|dnia|od|do|po|przed|około|z(?:\s+dnia)?|na|(?:już|jeszcze)\s+w|latem|jesienią|zimą|"
        r"wiosną)",
        "r",
    ),
    "ru": (r"(?:в(?:о)?|с|до|к|после|на|около|ещё\s+в|еще\s+в|уже\s+в|летом|осенью|зимой|весной)", "гг?"),
    "uk": (r"(?:у|в|з|до|після|на|близько|ще\s+в|уже\s+в|влітку|восени|взимку|навесні)", "рр?"),
    "bg": (r"(?:на|през|от|до|след|около)", "гг?"),
}  # fmt: skip

_WEEKDAY = "mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun"
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_AFTER_HOUR = re.compile(
    rf"(?:(?:{_WEEKDAY})(?:day)?|{_MONTH})\b|(?-i:[A-Z]{{2,5}}\b(?=\s+[a-z(]|\s*[,.;)–—]))|"
    r"(?-i:Eastern|Central|Mountain|Pacific|Atlantic|Greenwich)\b|"
    r"(?:(?-i:[A-Z])[a-z]+\s+){1,2}(?:standard\s+|daylight\s+|summer\s+)?time\b|(?:today|tomorrow|yesterday)\b",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\d\s?[ap]\.\s?m\.$", re.IGNORECASE)
_ENGLISH_ORDINAL = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\.$")
_ENGLISH_MONTH = re.compile(rf"(?:{_MONTH})\b", re.IGNORECASE)

_ENDS_ALWAYS: Final = {name: re.compile(rf"(?<![\w.])(?<!\d )(?i:{words})\.$") for name, words in _ALWAYS.items()}
_AMOUNT = re.compile(r"\d\s?(?:Mio|Mrd|Tsd)\.$")  # German: the thing that is counted has a capital
_ENDS_NUMBERED: Final = {name: re.compile(rf"\b(?i:{words})\.$") for name, words in _NUMBERED.items()}
_DAY_AND_YEAR = r"(?:\d{1,2}\s+)?(?:[^\W\d_]+\s+)?\d{4}(?:\s*[-–]\s*\d{2,4})?"
_ENDS_YEAR: Final = {
    name: re.compile(rf"^(?:{before}\s+)?{_DAY_AND_YEAR}\s*(?:{year})\.$", re.IGNORECASE)
    for name, (before, year) in _IN_THE_YEAR.items()
}
# A year before or after our era with which a sentence opens: "Nel 44 a.C."
_OPENING_ERA = re.compile(
    r"^(?:[^\W\d_]+\s+){1,3}\d{1,4}\s(?:[ad]\.\s?c|a[vp]\.\s?j\.-c|[vn]\.\s?chr|b\.\s?c|(?:до\s)?н\.\s?[эе]|"
    r"p\.?\s?n\.\s?e)\.$",
    re.IGNORECASE,
)
_LONGEST_OPENING = 60  # code points; a longer piece is more than a day


def stops_inside(before: str, following: str, language: str) -> bool:
    """Return whether the full stop at the end of `before` ends no sentence, given what follows (`language` in BCP 47).

    Both are pieces of one paragraph, without white space at their ends; of long ones the nearest part is enough.
    """
    name = {"nb": "no", "nn": "no"}.get(tongue := language.partition("-")[0], tongue)
    always, numbered, opening = _ENDS_ALWAYS.get(name), _ENDS_NUMBERED.get(name), _ENDS_YEAR.get(name)
    return (
        (always is not None and always.search(before) is not None)
        or (numbered is not None and following[:1].isdigit() and numbered.search(before) is not None)
        or (len(before) <= _LONGEST_OPENING and any(one.match(before) for one in (opening, _OPENING_ERA) if one))
        or _is_ordinal(before, name)
        or (name == "en" and _is_english_time(before, following))
        or (name == "de" and _AMOUNT.search(before) is not None)
    )


def _is_ordinal(before: str, language: str) -> bool:
    if language in _ORDINAL_STOPS and _ROMAN_AT_START.match(before):
        return True
    return language in _BEFORE_NAMES and _ROMAN.search(before) is not None


def _is_english_time(before: str, following: str) -> bool:
    """Return whether an hour goes before its day or zone, or a day before its month: "9 a.m. Monday", "23rd. May"."""
    if _HOUR.search(before) and _AFTER_HOUR.match(following):
        return True
    return _ENGLISH_ORDINAL.search(before) is not None and _ENGLISH_MONTH.match(following) is not None
