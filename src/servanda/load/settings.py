"""Time zones and calendars that a case can name."""

from __future__ import annotations


def known_timezone(name: str) -> bool:
    """Whether the IANA database has a time zone of this name."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def known_calendar(code: str) -> bool:
    """Whether public holidays are known for a country (`US`) or a part of one (`DE-BY`), by ISO 3166 codes."""
    from holidays.registry import COUNTRIES  # a table of codes: the calendars themselves are not loaded

    codes = {each for names in COUNTRIES.values() for each in names if each.isupper()}
    country, _, part = code.partition("-")
    if country not in codes:
        return False
    if not part:
        return True
    from holidays import country_holidays

    try:
        country_holidays(country, subdiv=part)
    except NotImplementedError:
        return False
    return True
