"""The workbench, asked at the server: the first page, steps of the slider, and the first page after a file has changed.

Each figure is the 95th percentile of 20 requests, with the median; a request goes through everything but the network. A
page of a large case does not wait for all of its inventory: what then comes behind it is measured by itself.
"""

import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from starlette.testclient import TestClient

from servanda.workbench.app import Workbench
from servanda.workbench.desk import Desk
from servanda.workbench.tidying import Tidying

from .generated import Negotiation
from .report import Row

EXAMPLE = Path(__file__).parents[1] / "examples" / "cuba-1962"
SEED, TIMES = 1962, 20
PACKAGES = ("servanda", "starlette", "jinja2", "msgspec")
#: Those of which a part may come behind the page.
BEHIND = ("standing", "disputes", "deadlines", "problems")
_TITLED = re.compile(r'^(obligation \S+ )"[^"]*"', re.MULTILINE)
PAGES = ("standing", "disputes", "timeline", "deadlines", "record", "sources", "problems")
"""Pages whose date steps are timed, as far as the workbench has them."""


def rows() -> Iterator[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        cuba = Path(folder) / "cuba-1962"
        shutil.copytree(EXAMPLE, cuba)
        yield from _rows(cuba, "the case of 1962", ("100 ms", "50 ms"))
        large = Path(folder) / "generated"
        large.mkdir()
        text = Negotiation(1_000, 10_000, seed=SEED, parties=3).text
        (large / "case.pacta").write_text(text, "utf-8")
        yield from _rows(large, "1,000 commitments, 10,000 acts", ("300 ms", "150 ms"))


def _rows(folder: Path, what: str, aims: tuple[str, str]) -> Iterator[Row]:
    begun = time.perf_counter()
    empty = _client(folder)
    empty.get(f"/{folder.name}/standing")
    first = time.perf_counter() - begun
    empty.get(f"/{folder.name}/standing?whole=yes")
    yield Row(f"{what}: from an empty process's desk to the first page, files read", f"{first:.2f}")
    yield Row(f"{what}: the same, to the whole of it", f"{time.perf_counter() - begun:.2f}")
    client = _client(folder)
    client.get(f"/{folder.name}/standing?whole=yes")
    days = _days(client, folder)
    for page in PAGES:
        path = f"/{folder.name}/{page}"
        if client.get(path).status_code != 200:
            continue
        _pause(client)
        yield Row(f"{what}: {page}, again", _p95([_timed(client, path) for _ in range(TIMES)]), aim=aims[0])
        steps = [_timed(client, f"{path}?at={day}") for day in days[-TIMES:]]
        yield Row(f"{what}: {page}, to the next day with an act", _p95(steps), aim=aims[1])
        rng = random.Random(SEED)
        others = rng.sample(days[:-TIMES], min(TIMES, len(days) - TIMES))
        if others:
            behind = "worked" if page == "problems" else "whole"
            asked = [f"{path}?at={day}" for day in others]
            jumps, rests = zip(
                *((_timed(client, each), _timed(client, f"{each}&{behind}=yes")) for each in asked), strict=True
            )
            yield Row(f"{what}: {page}, to any other day", _p95(jumps), aim=aims[1])
            if page in BEHIND:
                yield Row(f"{what}: {page}, to any other day, the whole of it behind the page", _p95(rests))
    _pause(client)
    yield Row(f"{what}: standing, after an act more in a file", _p95(list(_changed(client, folder))), aim=aims[0])
    pages, rests = zip(*_clause_changed(client, folder), strict=True)
    yield Row(f"{what}: standing, after a clause has changed", _p95(pages), aim=aims[0])
    yield Row(f"{what}: standing, after a clause has changed, the whole of it behind the page", _p95(rests))


def _client(folder: Path) -> TestClient:
    return TestClient(Tidying(Workbench(Desk(folder), read_only=True).app()), base_url="http://localhost")


def _pause(client: TestClient) -> None:
    """What a server does once nobody has asked for a while: between two rows of the table there is a pause."""
    app = client.app
    assert isinstance(app, Tidying)
    app.pause()


def _days(client: TestClient, folder: Path) -> list[str]:
    """The days with acts."""
    from servanda.standing.chronicle import done_at

    case = Desk(folder).copy().case
    places = (done_at(case, act) for act in case.acts)
    return sorted({str(place[0]) for place in places if place is not None})


def _timed(client: TestClient, path: str) -> float:
    begun = time.perf_counter()
    answer = client.get(path)
    assert answer.status_code == 200, path
    return time.perf_counter() - begun


def _changed(client: TestClient, folder: Path) -> Iterator[float]:
    """Each time an act more stands in the record, the first of them, and the whole page with it, not counted."""
    root = folder / "case.pacta"
    with open(root, "a", encoding="utf-8") as file:
        file.write("\n")
    party = next(iter(Desk(folder).copy().case.parties))
    for at in range(TIMES + 1):
        with open(root, "a", encoding="utf-8") as file:
            file.write(f'\n2020-01-01 {party} states "{at}"\n')
        if at:
            yield _timed(client, f"/{folder.name}/standing")
        else:
            client.get(f"/{folder.name}/standing?whole=yes")


def _clause_changed(client: TestClient, folder: Path) -> Iterator[tuple[float, float]]:
    """Each time one commitment has another title: what the page takes, and what the whole of it takes behind it."""
    path = next(each for each in sorted(folder.rglob("*.pacta")) if _TITLED.search(each.read_text("utf-8")))
    for at in range(TIMES):
        path.write_text(_TITLED.sub(rf'\g<1>"Number {at}"', path.read_text("utf-8"), count=1), "utf-8")
        address = f"/{folder.name}/standing"
        yield _timed(client, address), _timed(client, f"{address}?whole=yes")


def _p95(figures: Sequence[float]) -> str:
    at = min(len(figures) - 1, round(0.95 * (len(figures) - 1)))
    return f"{1000 * statistics.median(figures):.0f} ms, p95 {1000 * sorted(figures)[at]:.0f} ms"
