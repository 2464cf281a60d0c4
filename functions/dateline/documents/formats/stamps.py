"""Days out of the time stamps that machines write, each in the zone of the publication and never in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

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
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FIGURES = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6})?")


def day_of(stamp: str, zone: tzinfo | None) -> date | None:
    """Read the day that a stamp names where it was published; None where the stamp cannot be read.

    A stamp with an offset of its own is in the publication's zone, but for UTC, which servers write everywhere: such
    a one is moved into `zone` where that is known.
    """
    moment = _moment(stamp.strip())
    if moment is None:
        return None
    return moment.astimezone(zone).date() if zone and moment.utcoffset() == timedelta() else moment.date()


def is_in_utc(stamp: str) -> bool:
    """Tell whether a stamp holds a time of day in UTC, so that the day where it was published may be another."""
    moment = _moment(stamp.strip())
    return moment is not None and moment.utcoffset() == timedelta()


def zone_of(stamps: Iterable[str], host: str | None) -> tzinfo | None:
    """Find a publication's zone: by the offset of another of its stamps, else by its host's country."""
    for stamp in stamps:
        moment = _moment(stamp.strip())
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


def _moment(stamp: str) -> datetime | None:
    """Read ISO 8601 in its usual spellings, a day in figures, and the dates of mail and HTTP headers."""
    try:
        return datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$)", "", stamp))
    except ValueError:
        pass
    match = _DAY.match(stamp) or _FIGURES.fullmatch(stamp)
    try:
        if match:
            return datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
        return parsedate_to_datetime(stamp)
    except ValueError:
        return None
