"""Acts in words: one line for each, the same in every answer, which says the act again."""

from pathlib import Path

import msgspec
import pytest

from servanda import load, load_text
from servanda.load import acts_from_words
from servanda.model.record import Act
from servanda.model.span import meaning
from servanda.text.act_words import act_words

ROOT = Path(__file__).parents[2]
CASES = [*ROOT.glob("examples/*/case.pacta"), *ROOT.glob("tests/corpus/good/*.pacta")]


def said(act: Act) -> object:
    """What an act says, but for its sources, words beside it, when it became known, and how its words were laid out."""
    words = None if act.words is None else act.words.value.split()
    return words, meaning(msgspec.structs.replace(act, citations=(), note=None, known=None, words=None))


def test_what_can_be_read_again_is_the_same_act() -> None:
    again = 0
    for path in CASES:
        case = load(path).case
        for act in case.acts:
            words = act_words(act)
            assert "\n" not in words
            if act.channels and (act.version is not None or act.when is not None):
                continue  # on one line, `via` belongs to the condition
            acts, slips = acts_from_words(case, words)
            if not any(each.severity == "error" for each in slips):  # a line takes one clause, words may have more
                assert [said(each) for each in acts] == [said(act)]
                again += 1

    assert again > 150


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2031-01-02 A, B signs s", "2031-01-02 A, B sign s"),
        ("2031-01-02 A promises o\n  by 2031-02-01\n  when B signs s\n  via line",
         "2031-01-02 A promises o by 2031-02-01 when B signs s via line"),
        ("2031-01-02 A claims o\n  on 2031-01-01\n  via look", "2031-01-02 A claims o on 2031-01-01 via look"),
        ("2031-01-02 A attempts look\n  on o\n  result denied", "2031-01-02 A attempts look on o result denied"),
        ('2031-01-02 A states """So\n  be it."""', '2031-01-02 A states "So be it."'),
        ("2031-01-02 A closes s leaving o", "2031-01-02 A closes s leaving o"),
        ("2031-01-02 A transfers o to B", "2031-01-02 A transfers o to B"),
        ("A holds both = A", "A holds both = A"),
        ("A holds o\n  when none\n  to others", "A holds o when none to others"),
        ("A holds o\n  for each 2 months of s is signed", "A holds o for each 2 months of s is signed"),
        ("A holds o\n  for each p in both\n  survives none", "A holds o for each p in both survives none"),
        ("A holds look\n  by B\n  consent of none", "A holds look by B consent of none"),
    ],
)  # fmt: skip
def test_an_act_is_said_in_one_line(line: str, words: str) -> None:
    head = (
        'case "Words"\nparty A\nparty B\nchannel line among A, B\nsource s dated 2031-01-01\n  signed by A, B\n'
        "term both = A, B\nmeans look by A\n  consent of B\nobligation o of A to B\n  when B signs s\n"
    )
    [act] = load_text(head + line + "\n").case.acts

    assert act_words(act) == words
    assert act_words(act, date=False) == words.removeprefix("2031-01-02 ")
