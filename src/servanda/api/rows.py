"""Rows and standings as an inventory gives them: the same values as `standing` makes, which also print well."""

from __future__ import annotations

from collections.abc import Iterable

from servanda import standing

from .errors import UnknownName


class Figures(standing.Figures, frozen=True):
    """The amount that performance is, and how much of it is claimed by anybody, observed, and credited in a reading."""

    def __str__(self) -> str:
        parts = [f"{self.needed} needed"]
        for what in ("claimed", "observed", "credited"):
            number = getattr(self, what)
            parts.append(f"{'none' if number is None else number} {what}")
        return ", ".join(parts)

    def __repr__(self) -> str:
        return f"<Figures {self}>"


class Standing(standing.Standing, frozen=True):
    """Where one commitment stands, in one reading, at one date."""

    @property
    def label(self) -> str:
        """The commitment's name, with its instance if it has one."""
        return labelled(self.name, self.instance)

    def __str__(self) -> str:
        return status_words(self)

    def __repr__(self) -> str:
        return f"<Standing {self.label} in {self.reading}: {self}>"


class Row(standing.Row, frozen=True):
    """One line of an inventory: a commitment, or an instance of one, with its standing in each reading that has it.

    `row["US"]` is its standing in that reading.
    """

    @property
    def label(self) -> str:
        """The commitment's name, with its instance if it has one."""
        return labelled(self.commitment.name, self.instance)

    def __getitem__(self, reading: str) -> standing.Standing:
        if reading not in self.standings:
            raise UnknownName(reading, f"reading of `{self.label}`", self.standings)
        return self.standings[reading]

    def __str__(self) -> str:
        readings: dict[str, list[str]] = {}
        for reading, each in self.standings.items():
            readings.setdefault(status_words(each), []).append(reading)
        return f"{self.label}: " + "; ".join(f"{words} in {', '.join(those)}" for words, those in readings.items())

    def __repr__(self) -> str:
        return f"<Row {self}>"


def labelled(name: str, instance: str | None) -> str:
    """A commitment's name, with the instance that is meant."""
    return name if instance is None else f"{name}[{instance}]"


def status_words(each: standing.Standing | None) -> str:
    """A standing in a few words: its status, whether late, and its deadline where that is still to pass or has passed.

    An en dash stands for no standing at all.
    """
    if each is None:
        return "–"
    late = " late" if each.status == "fulfilled" and each.late else ""
    when = ""
    if each.deadline is not None and each.status in ("due", "overdue"):
        when = f" {'by' if each.status == 'due' else 'since'} {each.deadline[1].date()}"
    return f"{each.status}{late}{when}"


def rows_that_print(rows: Iterable[standing.Row]) -> tuple[Row, ...]:
    """The same rows, as values that print well."""
    return tuple(
        Row(
            row.commitment,
            row.instance,
            row.bearers,
            row.counterparties,
            row.differs,
            {reading: standing_that_prints(each) for reading, each in row.standings.items()},
        )
        for row in rows
    )


def standing_that_prints(each: standing.Standing) -> Standing:
    """The same standing, as a value that prints well."""
    values = {field: getattr(each, field) for field in each.__struct_fields__}
    amount = each.amount
    if amount is not None:
        values["amount"] = Figures(amount.needed, amount.claimed, amount.observed, amount.credited)
    return Standing(**values)
