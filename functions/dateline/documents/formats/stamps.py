"""Days out of the time stamps that machines write, each in the zone of the publication and never in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateline.documents.written_days import day_written

# Countries with one time zone, or nearly so, by the end of a host's name; the rest of the world stays unknown.
_ZONES = {
    "ae": "Asia/Dubai", "ar": "America/Argentina/Buenos_Aires", "at": "Europe/Vienna", "be": "Europe/Brussels",
    "bg": "Europe/Sofia", "by": "Europe/Minsk", "ch": "Europe/Zurich", "cn": "Asia/Shanghai", "co": "America/Bogota",
    "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen", "ee": "Europe/Tallinn",
    "eg": "Africa/Cairo", "es": "Europe/Madrid", "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens",
    "hk": "Asia/Hong_Kong", "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin",
    "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "ir": "Asia/Tehran", "it": "Europe/Rome", "jp": "Asia/Tokyo",
    "ke": "Africa/Nairobi", "kr": "Asia/Seoul", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg", "lv": "Europe/Riga",
    "ng": "Africa/Lagos", "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "nz": "Pacific/Auckland", "pe": "America/Lima",
    "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw", "ro": "Europe/Bucharest", "rs": "Europe/Belgrade",
    "sa": "Asia/Riyadh", "se": "Europe/Stockholm", "sg": "Asia/Singapore", "si": "Europe/Ljubljana",
    "sk": "Europe/Bratislava", "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "ua": "Europe/Kyiv",
    "uk": "Europe/London", "vn": "Asia/Ho_Chi_Minh", "za": "Africa/Johannesburg",
}  # fmt: skip
_DAY = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_FIGURES = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")  # seconds or milliseconds since 1970
_MILLISECONDS = 13
_SHORT_HOUR = re.compile(r"(?<=[T ])(?=\d:\d\d)")
_ZONE_NAMES = {
    "CEST": "+02:00", "MESZ": "+02:00", "CET": "+01:00", "MEZ": "+01:00", "BST": "+01:00", "UTC": "Z", "GMT": "Z",
}  # fmt: skip
_ZONE_NAME = re.compile(rf"\s*\(?({'|'.join(_ZONE_NAMES)})\)?$")
_EPOCH_BEGINS = date(1971, 1, 1)  # what is before is a program's empty value
_LONGEST_STAMP = 120  # code points; what is longer is a text
_LONGEST_WRITTEN = 80  # for a stamp of words, which is tried in several languages


def day_of(stamp: str, zone: tzinfo | None, language: str = "") -> date | None:
    """Read the day that a stamp names where it was published; None where the stamp cannot be read.

    A stamp with an offset of its own is in the publication's zone, but for UTC, which servers write everywhere: such
    a one is moved into `zone` where that is known. One that is written for people is read in `language` (BCP 47).
    """
    moment = _moment(stamp)
    if moment is None:
        return day_written(stamp.strip(), language) if len(stamp) <= _LONGEST_WRITTEN else None
    if moment.date() < _EPOCH_BEGINS and moment.utcoffset() is not None:
        return None
    if zone is None or not _is_in_utc(moment):
        return moment.date()
    try:
        return moment.astimezone(zone).date()
    except OverflowError:
        return None


def is_in_utc(stamp: str) -> bool:
    """Return whether a stamp holds a time of day in UTC, so that the day where it was published may be another."""
    moment = _moment(stamp)
    return moment is not None and _is_in_utc(moment)


def zone_of(stamps: Iterable[str], host: str | None) -> tzinfo | None:
    """Find a publication's zone: by the offset of another of its stamps, else by its host's country."""
    for stamp in stamps:
        moment = _moment(stamp)
        if moment is not None and moment.utcoffset():
            return moment.tzinfo
    country = (host or "").rpartition(".")[2].lower()
    return ZoneInfo(_ZONES[country]) if country in _ZONES else None


def host_of(address: str | None) -> str | None:
    """Return the host's name of an address on the web."""
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def _is_in_utc(moment: datetime) -> bool:
    """Midnight to the second is how programs write a day that has no time."""
    return moment.utcoffset() == timedelta() and moment.time() != time()


def _moment(stamp: str) -> datetime | None:
    """Read ISO 8601 in its usual spellings, a day in figures, an epoch, and the dates of mail and HTTP headers."""
    stamp = stamp.strip()
    if len(stamp) > _LONGEST_STAMP:
        return None
    spelled = _SHORT_HOUR.sub("0", re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", stamp))
    spelled = _ZONE_NAME.sub(lambda match: _ZONE_NAMES[match[1]], spelled)
    if _EPOCH.fullmatch(stamp):
        return datetime.fromtimestamp(float(stamp) / (1000 if len(stamp) == _MILLISECONDS else 1), UTC)
    try:
        return datetime.fromisoformat(spelled)
    except ValueError:
        return _loosely(stamp)


def _loosely(stamp: str) -> datetime | None:
    try:
        if match := _FIGURES.fullmatch(stamp):
            return datetime(int(match[1]), int(match[2]), int(match[3]))  # noqa: DTZ001 - no zone is known
        days = {match.groups() for match in _DAY.finditer(stamp)}
        if len(days) == 1:
            year, _, month, day = days.pop()
            return datetime(int(year), int(month), int(day))  # noqa: DTZ001 - no zone is known
        return parsedate_to_datetime(stamp)
    except (ValueError, OverflowError):
        return None
