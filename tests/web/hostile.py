"""A case whose every free field is an attempt to get script into a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

#: What is thrown; each has its number, so that a failure says which field it came from.
SCRIPT = "\"'><script>alert({0})</script><img src=x onerror=alert({0})>{{{{ 7*7 }}}}"

_CASE = """case {0}
party A {1}
party B {2}
person Ann {3} for A
source letter {4}
  dated 1971-05-14
matter gates {5}

obligation give {6} of A to B
  under letter {7}
  when take is promised
obligation take {8} of B to A
  under letter {9}
  when give is promised
obligation opened {10} of A to B
  under letter {11}
  done when gates

1971-05-14 A, B recognise letter
1971-05-15 A protests opened {12}
1971-05-16 B holds opened when take
  cites letter {13}
1971-05-17 A claims gates
  cites letter {14}
1971-05-18 B disputes gates {15}
"""


def quoted(number: int) -> str:
    """One of them as a string of the language."""
    return '"' + SCRIPT.format(number).replace("\\", "\\\\").replace('"', '\\"') + '"'


def hostile_case(folder: Path) -> Path:
    """Write the case."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.pacta").write_text(re.sub(r"\{(\d+)\}", lambda found: quoted(int(found[1])), _CASE), "utf-8")
    return folder


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img" or (tag == "script" and not (given.get("src") or "").startswith("/static/")):
            self.bad.append(f"<{tag}>")
        self.bad += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.bad += [
            f"{tag} {name}={value}" for name, value in attrs if (value or "").strip().startswith("javascript:")
        ]


def unescaped(html: str) -> list[str]:
    """What a page has that no page of ours may have: script in it, attributes that run or style, foreign pictures."""
    reader = _Reader()
    reader.feed(html)
    return reader.bad
