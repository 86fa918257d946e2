"""A generated ledger for Beancount 3, the yardstick that a generated case is measured beside."""

import random
from collections import defaultdict
from datetime import date, timedelta

from .words import GOODS, PLACES, quote

DECLARED = 0.05
"""How much of the lines open accounts, as declarations do in a case."""

START = date(1962, 1, 1)
LINES_A_DAY = 14
GROUP = 25
"""How many balances are asserted at a time, as one looks at many standings on one day."""


def generated_ledger(lines: int = 100_000, seed: int = 1962, balances: int = 0) -> str:
    """A ledger of exactly so many lines, of which `bean-check` says nothing: the same for the same seed.

    `balances` lines among them assert a balance, as `expect` asserts a standing in a case.
    """
    return _Ledger(random.Random(seed), lines, balances).text()


class _Ledger:
    """The lines so far, and what each account holds after them, in cents."""

    def __init__(self, rng: random.Random, lines: int, balances: int) -> None:
        self.rng = rng
        self.lines = lines
        self.balances = balances
        self.out = ['option "title" "Accounts of a settlement"', 'option "operating_currency" "USD"']
        self.held: dict[str, int] = defaultdict(int)
        names = [_account(number) for number in range(max(8, round(lines * DECLARED) - len(self.out)))]
        self.assets = [f"Assets:{name}" for name in names[::4]]
        self.expenses = [f"Expenses:{name}" for number, name in enumerate(names) if number % 4]
        self.out += [f"{START} open {account} USD" for account in (*self.assets, *self.expenses)]

    def text(self) -> str:
        """The ledger: on each day the balances of its morning first."""
        day = START
        left, room = self.balances, self.lines - len(self.out)
        while len(self.out) < self.lines:
            day += timedelta(days=1)
            evening = min(len(self.out) + LINES_A_DAY, self.lines)
            if left and (self.lines - len(self.out)) * self.balances <= left * room:
                some = min(left, GROUP, self.lines - len(self.out))
                left -= some
                evening = min(evening + some, self.lines)
                self.out += [self._balance(day, self.rng.choice(self.assets)) for _ in range(some)]
            while len(self.out) < evening:
                self._transaction(day, self.lines - len(self.out))
        return "\n".join(self.out) + "\n"

    def _balance(self, day: date, account: str) -> str:
        return f"{day} balance {account}  {_money(self.held[account])} USD"

    def _transaction(self, day: date, room: int) -> None:
        """A transaction of two or three postings, some with a line of metadata; comments where no room is left."""
        rng = self.rng
        if room < 3:
            self.out += ["; the rest of the page is empty"] * room
            return
        tags = f" #{rng.choice(GOODS)}" if rng.random() < 0.2 else ""
        links = f" ^case-{rng.randrange(1000)}" if rng.random() < 0.2 else ""
        lines = [f'{day} * "{rng.choice(PLACES)}" {quote(rng)}{tags}{links}']
        if room >= 5 and rng.random() < 0.4:
            lines.append(f"  source: {quote(rng)}")
        spent = rng.sample(self.expenses, 2 if room > len(lines) + 2 and rng.random() < 0.4 else 1)
        paid = 0
        for account in spent:
            cents = rng.randrange(100, 500_000)
            paid += cents
            self.held[account] += cents
            lines.append(f"  {account}  {_money(cents)} USD")
        payer = rng.choice(self.assets)
        self.held[payer] -= paid
        lines.append(f"  {payer}" + ("" if rng.random() < 0.3 else f"  {_money(-paid)} USD"))
        self.out += lines


def _account(number: int) -> str:
    place, goods = PLACES[number % len(PLACES)], GOODS[number // len(PLACES) % len(GOODS)]
    return f"{place}:{goods.title()}-{number}"


def _money(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"
