"""The page of a party, and of bodies and persons: what it shows is what the library answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import servanda
from servanda.workbench.wording import families_of, words_after_date

from .conftest import ROOT, client_of

HERE = "/cuba-1962/party"


def table(html: str, head: str) -> dict[str, dict[str, str]]:
    part = unescape(html.partition(f"<h2>{head} ")[2].partition("</section>")[0])
    return {
        label: dict(re.findall(r'data-reading="([^"]+)"[^>]*><span class="chip [a-z]+">.*?</svg>([a-z ]+)<', row))
        for label, row in re.findall(r"<code>([^<]+)</code>(.*?)</tr>", part, re.DOTALL)
    }


@pytest.mark.parametrize("name", ["US", "USSR", "Cuba"])
@pytest.mark.parametrize("at", ["1962-11-15", "1962-12-12"])
def test_what_it_owes_and_is_owed_stands_in_its_own_reading_and_the_records(
    client: TestClient, case: servanda.Case, name: str, at: str
) -> None:
    html = client.get(f"{HERE}/{name}", params={"at": at}).text
    rows = case.status(at)
    for head, named in ((f"What {name} owes", "bearers"), (f"What {name} is owed", "counterparties")):
        expected = {
            row.label: {each: row.standings[each].status for each in (name, "record")}
            for row in rows
            if name in getattr(row, named) and not (named == "counterparties" and name in row.bearers)
        }
        assert table(html, head) == expected
    owes = [(row.commitment.kind, row.standings[name].status) for row in rows if name in row.bearers]
    open_now = sum("open" in families_of(*each) for each in owes)
    assert f"Its own reading counts {open_now} of {len(owes)} that it owes" in html


def test_its_claims_versions_people_and_acts(client: TestClient, case: servanda.Case) -> None:
    html = unescape(client.get(f"{HERE}/USSR", params={"at": "1962-11-15"}).text)
    claimed = html.partition("Claimed, and nobody has answered")[2].partition("</section>")[0]
    found = [each for each in case.cross_check("1962-11-15").findings if each.kind == "unanswered-claim"]
    assert [each.about for each in found] == ["warheads-out"]
    assert re.findall(r"<code>([^<]+)</code>", claimed) == ["warheads-out"]
    assert "11 Nov 1962" in claimed
    own = html.partition("Its own versions")[2].partition("</section>")[0]
    versions = [act for act in case.acts if act.version is not None and str(act.dating) <= "1962-11-15"
                and any(ref.name == "USSR" for ref in act.actors)]  # fmt: skip
    assert own.count("<li>") == len(versions) == 11
    assert "when protocol is signed" in own
    people = html.partition("Who and where")[2].partition("</section>")[0]
    for person in case.persons.values():
        assert (person.title in people) is (person.acts_for[0].name == "USSR")
    for channel in case.channels.values():
        assert (f"<code>{channel.name}</code>" in people) is any(ref.name == "USSR" for ref in channel.among)
    last = html.partition("What it did last")[2].partition("</section>")[0]
    assert last.count("<li") == 12
    assert words_after_date(next(act for act in case.acts if "bring the three" in words_after_date(act))) in last


def test_it_is_about_its_own_reading_whichever_the_bar_has_on(client: TestClient, case: servanda.Case) -> None:
    html = client.get(f"{HERE}/USSR", params={"at": "1962-11-15", "as": "US"}).text
    assert table(html, "What USSR owes")["remove-bombers"] == {"USSR": "not owed", "record": "not owed"}
    assert case.status("1962-11-15")["remove-bombers"]["US"].status == "due"


def test_bodies_and_persons_have_a_page_and_nobody_else(client: TestClient, case: servanda.Case) -> None:
    body = unescape(client.get(f"{HERE}/UN").text)
    assert "United Nations" in body
    assert "un-team" in body.partition("Who and where")[2]
    assert "Its own versions" not in body
    person = unescape(client.get(f"{HERE}/Stevenson", params={"at": "1962-11-15"}).text)
    spoke = [act for act in case.acts if act.actors[0].name == "Stevenson"]
    assert f"{len(spoke)} acts in view up to 15 Nov 1962" in person
    assert f'href="{HERE}/US?at=1962-11-15"' in person
    missing = client.get(f"{HERE}/Atlantis<script>")
    assert missing.status_code == 404
    assert "<script>" not in missing.text.partition("<h1>")[2]
    standing = client.get("/cuba-1962/standing?at=1962-11-15").text
    assert f'href="{HERE}/USSR?at=1962-11-15"' in standing


def test_script_in_what_a_party_is_called_and_has_said_stays_words(tmp_path: Path) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "case.pacta").write_text(
        'party A "<script>alert(1)</script>" aka "<script>alert(2)</script>"\nparty B\n'
        'person P "<script>alert(3)</script>" for A\nchannel c "<script>alert(4)</script>" among A, B\n'
        'matter so "So"\n2031-01-01 A states "<script>alert(5)</script>"\n  via c\n2031-01-02 A claims so\n'
    )
    client = client_of(folder)
    for page in ("party/A", "party/P", "timeline", "record", "deadlines"):
        html = client.get(f"/odd/{page}").text
        assert "<script>alert" not in html, page
        assert "&lt;script&gt;alert" in html or page == "deadlines", page
    empty = client.get("/odd/party/B").text
    assert "Nothing is owed by B in this case" in empty
    assert "No act of B is in view" in empty


def test_a_standing_says_why_and_nothing_is_counted_where_nothing_is_owed(
    client: TestClient, case: servanda.Case
) -> None:
    html = unescape(client.get(f"{HERE}/USSR", params={"at": "1962-11-15", "channel": "table"}).text)
    row = html.partition("<code>remove-bombers</code>")[2].partition("</tr>")[0]
    because = case.why("remove-bombers", at="1962-11-15", channels="table", reading="USSR").because
    assert because is not None
    assert f'<span class="why">{because.because[0].text}</span>' in row
    fund = client_of(ROOT / "examples" / "company-sale").get("/company-sale/party/Fund").text
    assert "Nothing is owed to Fund" in fund
    assert " of 0 " not in fund
