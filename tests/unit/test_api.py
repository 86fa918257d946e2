"""Servanda from Python: what `load` gives, and that it cannot be changed."""

from pathlib import Path

import pytest

import servanda
from servanda import Case, Diagnostic, Loaded, load, load_text
from servanda.model.span import File

TEXT = """case "The talks"
  timezone Europe/Vienna
party US "United States" aka "U.S.", "USA"
party USSR
person Kuznetsov for USSR
source letter dated 1962-10-27
  by US
obligation leave "Leave" of USSR to US
  under letter
  by 1962-12-20
1962-11-20 Kuznetsov promises leave by 1962-12-01
1962-12-02 expect leave is overdue in US
scenario "Gone"
  1962-12-01 USSR claims leave
"""


@pytest.mark.parametrize("make", [str, Path])
@pytest.mark.parametrize("root", [".", "case.pacta"])
def test_a_case_is_loaded_by_its_folder_or_its_root(tmp_path: Path, make: type, root: str) -> None:
    (tmp_path / "case.pacta").write_text(TEXT)
    loaded = load(make(tmp_path / root))

    assert isinstance(loaded, Loaded)
    assert isinstance(loaded.case, Case)
    assert (loaded.ok, loaded.diagnostics) == (True, ())
    assert repr(loaded.case) == "<Case 'The talks': 1 commitments, 1 acts>"


def test_what_a_case_holds() -> None:
    case = load_text(TEXT).case

    assert (case.title, case.timezone, case.calendar) == ("The talks", "Europe/Vienna", None)
    assert list(case.parties) == ["US", "USSR"]
    assert case.parties["US"].aka == ("U.S.", "USA")
    leave = case.commitments["leave"]
    assert (leave.kind, leave.title, leave.bearers, leave.counterparties) == ("obligation", "Leave", ("USSR",), ("US",))
    assert [str(act.dating) for act in case.acts] == ["1962-11-20"]
    assert case.party_of("Kuznetsov") == "USSR"
    assert case.party_of("nobody") == "nobody"
    assert case.declared("letter") is case.sources["letter"]
    assert case.declared("nobody") is None
    assert [each.reading for each in case.expectations] == ["US"]
    assert [len(each.acts) for each in case.scenarios] == [1]
    assert leave.span.words.startswith('obligation leave "Leave"')


def test_nothing_of_it_can_be_changed() -> None:
    case = load_text(TEXT).case

    with pytest.raises(AttributeError):
        case.title = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        case.parties["Cuba"] = case.parties["US"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        case.acts[0].verb = "claims"  # type: ignore[misc]


def test_what_could_be_read_is_there_beside_errors() -> None:
    loaded = load_text(TEXT + "US clams leave\n", "talks.pacta")

    assert not loaded.ok
    assert len(loaded.case.acts) == 1
    (said,) = loaded.diagnostics
    assert isinstance(said, Diagnostic)
    assert str(said) == f"talks.pacta:15:4: error[unknown-verb]: {said.message}"


def test_a_text_may_come_as_bytes() -> None:
    assert load_text(TEXT.encode()).ok
    assert [each.code for each in load_text(TEXT.encode() + b"# \xff\n").diagnostics] == ["not-utf8"]


def test_nothing_is_raised_for_what_is_not_there(tmp_path: Path) -> None:
    assert [each.code for each in load(tmp_path).diagnostics] == ["no-root-file"]
    assert [each.code for each in load(tmp_path / "gone.pacta").diagnostics] == ["missing-file"]


def test_a_file_is_seen_from_the_folder_of_its_case() -> None:
    case = Case(files=(File("talks/case.pacta", ""),))

    assert case.path_within(case.files[0]) == "case.pacta"
    assert case.path_within(File("talks/record/1962.pacta", "")) == "record/1962.pacta"
    assert case.path_within(File("talks-before/case.pacta", "")) == "talks-before/case.pacta"
    assert Case().path_within(File("here.pacta", "")) == "here.pacta"


def test_the_public_names_are_those() -> None:
    for name in servanda.__all__:
        assert hasattr(servanda, name)


def test_what_is_included_stands_in_the_place_of_its_include(tmp_path: Path) -> None:
    (tmp_path / "case.pacta").write_text(
        'case "x"\nparty A\n1962-01-01 A states "one"\ninclude "two.pacta"\n1962-01-01 A states "three"\n'
    )
    (tmp_path / "two.pacta").write_text('1962-01-01 A states "two"\n')
    words = [act.words.value for act in servanda.load(tmp_path).case.acts if act.words is not None]

    assert words == ["one", "two", "three"]
