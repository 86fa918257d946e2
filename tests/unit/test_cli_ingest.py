"""`ingest` and `review` on the command line: what they write, and how hostile documents end."""

import json
import random
import subprocess
import sys
import time
import zlib
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from reading.memo import Memo
from reading.noise import damaged
from servanda.cli import main
from servanda.sources.reading import Transcript, render

TRUTH = damaged(Memo("weir", 1), 1)
PEOPLE = "Hollander:Tarsk, Orbanescu:Vell"
CONTRACT = {
    "lines": {"line", "kind", "page", "paragraph", "speaker", "confidence"},
    "names": {"line", "start", "end", "surface", "canonical", "type", "confidence"},
    "statements": {"line_start", "line_end", "speaker", "party", "type", "text", "quote", "suggests"},
}


def ran(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def memo(tmp_path: Path) -> Path:
    path = tmp_path / "weir-talks.txt"
    path.write_text(TRUTH.text, "utf-8")
    return path


def test_the_transcript_keeps_its_contract_and_every_line(memo: Path, tmp_path: Path) -> None:
    target = tmp_path / "transcript.json"
    result = ran("ingest", memo, "--participants", PEOPLE, "-o", target)
    found = json.loads(target.read_text("utf-8"))

    assert result.exit_code == 0
    assert found["schema_version"] == 1
    for room, fields in CONTRACT.items():
        assert found[room]
        assert all(fields <= set(row) for row in found[room])
    assert render(msgspec.convert(found, Transcript)) == TRUTH.text
    assert json.loads(ran("ingest", memo, "--participants", PEOPLE, "--format", "json").stdout) == found


def test_for_people_it_says_who_speaks_where_and_what_is_in_doubt(memo: Path) -> None:
    shown = ran("ingest", memo, "--participants", PEOPLE).stdout

    assert "at the table: Hollander (Tarsk), Orbanescu (Vell)" in shown
    assert "dated: 1971-05-14" in shown
    assert "statements, none of them confirmed" in shown


def test_a_draft_checks_clean_beside_its_document(memo: Path) -> None:
    target = memo.with_name("case.pacta")
    ran("ingest", memo, "--participants", PEOPLE, "-o", target)
    report = json.loads(ran("check", memo.parent, "--format", "json").stdout)["cases"][0]

    assert report["diagnostics"] == []
    assert report["holds"]["acts"] == report["quotes"]["exact"] + report["quotes"]["normalised"] > 10


def test_of_a_case_come_parties_people_the_source_and_what_statements_may_be_about(memo: Path) -> None:
    folder = memo.parent / "case"
    folder.mkdir()
    (folder / "case.pacta").write_text(
        'case "The weir"\nparty T "Tarsk" aka "Tarskian"\nparty V "Vell" aka "Vellish"\n'
        'person Hollander for T\nperson Orbanescu for V\nsource talks dated 1971-05-14\n  file "weir-talks.txt"\n'
        'obligation release-barges "Release the barges." of T to V\n',
        "utf-8",
    )
    target = memo.with_name("draft.pacta")
    result = ran("ingest", memo, "--case", folder, "-o", target)
    draft = target.read_text("utf-8")
    acts = [line for line in draft.splitlines() if line.startswith("1971-05-14 ")]

    assert result.exit_code == 0
    assert "  cites talks " in draft
    assert {line.split()[1] for line in acts} == {"T", "V"}
    assert "release-barges" in draft


def test_the_page_for_review_is_whole_in_itself_and_takes_its_own_saves(memo: Path, tmp_path: Path) -> None:
    target = tmp_path / "transcript.json"
    ran("ingest", memo, "--participants", PEOPLE, "-o", target)
    result = ran("review", target)
    page = target.with_suffix(".html").read_text("utf-8")

    assert result.exit_code == 0
    assert "http://" not in page
    assert "https://" not in page
    data = page.partition('id="data">')[2].partition("</script>")[0]
    assert "<" not in data
    assert render(msgspec.convert(json.loads(data)["transcript"], Transcript)) == TRUTH.text
    assert ran("ingest", memo, "--participants", PEOPLE, "-o", tmp_path / "x.html").exit_code == 0


def test_the_pages_of_a_picture_stand_beside_their_words(tmp_path: Path) -> None:
    from reading.printed import pictures

    [picture] = pictures(Memo("weir", 5, turns=2), 1, 0.0)
    (tmp_path / "talk.png").write_bytes(picture)
    target = tmp_path / "talk.json"
    ran("ingest", tmp_path / "talk.png", "--participants", PEOPLE, "-o", target)
    ran("review", target)
    beside = target.with_suffix(".html").read_text("utf-8")
    (tmp_path / "talk.png").rename(tmp_path / "other.png")
    ran("review", target)
    alone = target.with_suffix(".html").read_text("utf-8")
    ran("review", target, "--document", tmp_path / "other.png")

    assert beside.count("data:image/jpeg;base64,") == 1
    assert "data:image" not in alone
    assert target.with_suffix(".html").read_text("utf-8") == beside
    assert len(beside) < 500_000
    assert "there is no file" in ran("review", target, "--document", tmp_path / "none.pdf").stderr


def test_whose_name_is_a_guess_is_said(memo: Path) -> None:
    assert "is a guess from" in ran("ingest", memo).stdout
    assert "is a guess from" not in ran("ingest", memo, "--participants", PEOPLE).stdout


def test_of_many_people_those_are_kept_who_are_named_most(tmp_path: Path) -> None:
    dice = random.Random(1)
    names = ["".join(dice.choices("abcdefghiklmnoprstuvw", k=7)).capitalize() for _ in range(70)]
    path = tmp_path / "many.txt"
    path.write_text("".join(f"Mr. {name} ({name[::-1].capitalize()}) said it was late.\n\n" for name in names), "utf-8")
    start = time.process_time()

    assert ran("ingest", path).exit_code == 0
    assert time.process_time() - start < 20


def bomb() -> bytes:
    """A PDF of few bytes whose one page unfolds to a hundred million."""
    stream = zlib.compress(b"(" + b"a" * 100_000_000 + b") Tj", 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    return b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % row for row in enumerate(parts, 1)) + b"%%EOF"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a line\n" * (100_000_000 // 7), "is too large"),
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (bytes(range(256)) * 100, "is no text"),
        (b"\x01\x02" * 500, "is no text"),
        (b"x" * 1_000_000, "1,000,000 characters on line 1"),
        (b"a\n" * 200_000, "lines"),
        (b"some words here and there, more than one reads\n" * 60_000, "is too long"),
        (b"PK\x03\x04" + b"word/document.xml", "save it as PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old Word file"),
        (b"{\\rtf1 Mr. Berg said so.}", "is RTF"),
        (b"<!DOCTYPE html><p>Mr. Berg said so.</p>", "is HTML"),
        ("Mr. Berg said so.\n".encode("utf-16"), "is text in UTF-16"),
        ("Mr. Berg said so.\n".encode("utf-16-be"), "is text in UTF-16"),
        ("Mr. M\u00fcller said so, and went.\n".encode("cp1252"), "another encoding than UTF-8"),
        (b"%PDF-1.7\n" + b"junk" * 1000, "is no PDF that can be opened"),
        (b"\x89PNG\r\n\x1a\n" + b"junk" * 1000, "is no image that can be opened"),
    ],
    ids=[
        "100 MB",
        "empty",
        "blank",
        "binary",
        "control",
        "long line",
        "many lines",
        "much",
        "docx",
        "doc",
        "rtf",
        "html",
        "utf-16",
        "utf-16 without mark",
        "windows-1252",
        "no pdf",
        "no png",
    ],
)
def test_a_hostile_document_ends_in_a_sentence(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(data)
    start = time.process_time()
    result = ran("ingest", path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert time.process_time() - start < 10


def test_lines_that_end_in_any_way_are_lines(tmp_path: Path) -> None:
    told = []
    for ends in ("\n", "\r\n", "\r"):
        path = tmp_path / "talk.txt"
        path.write_bytes(f"Mr. Berg said it was late.{ends}{ends}Mr. Costa said it was not.{ends}".encode())
        told.append(ran("ingest", path).stdout)

    assert "Berg, Costa" in told[0]
    assert len(set(told)) == 1


def test_a_language_that_is_not_known_is_said(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Господин Иванов сказал что соглашение выполнено в срок и полностью.\n" * 3, "utf-8")

    assert "hardly a word of it is English" in ran("ingest", path).stdout


def test_a_pdf_bomb_ends_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(bomb())
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000,) * 2);"
        "from servanda.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "ingest", str(path)], capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 2
    assert "unfolds to more than" in done.stderr


@pytest.mark.parametrize("words", ["X", "x", "Aa ", "US ", "Mr. Aa ", "a/b ", "(1) x; ", "Aa-Aa letter "])
def test_no_line_takes_long(words: str, tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text("Mr. Aa said that " + words * (15_000 // len(words)), "utf-8")
    start = time.process_time()

    assert ran("ingest", path, "--participants", "Aa:US, Bb:USSR").exit_code == 0
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "nowhere.txt"], "there is no file `nowhere.txt`"),
        (["ingest", "."], "no plain file"),
        (["review", "nowhere.json"], "there is no file `nowhere.json`"),
    ],
)
def test_wrong_use_is_said(arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = ran(*arguments)

    assert result.exit_code == 2
    assert said in result.stderr


def test_what_is_no_transcript_is_said(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"lines": 3}', "utf-8")

    assert "is no transcript" in ran("review", path).stderr
    assert "ends in none of" in ran("ingest", _talk(tmp_path), "-o", tmp_path / "x.docx").stderr


def _talk(folder: Path) -> Path:
    path = folder / "talk.txt"
    path.write_text("HOLT: Good morning.\n\nGRAVEL: Good morning.\n", "utf-8")
    return path
