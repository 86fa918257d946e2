"""Dates as people of Python have them → dates as the record has them."""

from __future__ import annotations

import datetime

from servanda.model.time import Dating, Malformed, Moment, dating_from_words

from .errors import NotADate

#: What can be given as a date: `"1962-11-15"`, a day, a moment, or a date as a case has it.
DateLike = str | datetime.date | Dating


def dating_of(given: DateLike) -> Dating:
    """A date, however it was given; raises `NotADate`. A moment is as exact as a minute, its time zone is kept."""
    if isinstance(given, Dating):
        return given
    if isinstance(given, datetime.datetime):
        moment = _moment(given)
        return Dating(moment, moment)
    if isinstance(given, datetime.date):
        return Dating.on(given)
    if not isinstance(given, str):
        raise NotADate(repr(given), "a date is a `str` such as 1962-11-20, a `date`, a `datetime` or a `Dating`")
    try:
        return dating_from_words(given)
    except Malformed as why:
        raise NotADate(given, str(why)) from None


def _moment(given: datetime.datetime) -> Moment:
    offset = given.utcoffset()
    if given.second or given.microsecond or (offset is not None and offset.total_seconds() % 60):
        raise NotADate(str(given), "a moment is told to the minute: leave out its seconds")
    minutes = None if offset is None else int(offset.total_seconds()) // 60
    return Moment(given.date(), given.hour * 60 + given.minute, minutes)


def single(given: DateLike) -> Dating:
    """The one date that a question is asked at; raises `NotADate` where it is inexact."""
    dating = dating_of(given)
    if not dating.exact:
        raise NotADate(str(dating), "a question is asked at one date, not at an inexact one")
    return dating
