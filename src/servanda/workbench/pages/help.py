"""Help: the manual, the same pages as in the documentation, without a network."""

from __future__ import annotations

import posixpath
from importlib.resources import files
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from servanda.workbench.sight import NoSuchThing, Sight

#: The pages of the manual, by the headings of its contents.
CONTENTS = {
    "To begin with": ("guides/first-case", "guides/cuban-case", "concepts/reading", "concepts/claims-and-facts"),
    "How to": (
        "guides/language", "guides/reading", "guides/standing", "guides/disputes", "guides/cross-check",
        "guides/way-out-1962", "guides/way-out-sale", "guides/query", "guides/python", "guides/sharing",
        "guides/editors", "guides/workbench",
    ),
    "To look up": (
        "reference/language", "reference/words", "reference/codes", "reference/commands", "reference/python",
        "reference/tables", "concepts/glossary",
    ),
}  # fmt: skip


def folder() -> Path:
    """Where the manual lies: in the package, or beside the sources it is installed from."""
    shipped = Path(str(files("servanda.workbench") / "manual"))
    return shipped if shipped.is_dir() else Path(__file__).parents[4] / "docs"


def answer(sight: Sight) -> dict[str, Any]:
    """The contents, or one page of the manual."""
    pages = {name: head_of(name) for names in CONTENTS.values() for name in names if text_of(name) is not None}
    contents = {
        heading: [(name, pages[name]) for name in names if name in pages] for heading, names in CONTENTS.items()
    }
    if sight.key is None:
        return {"title": "Help", "contents": contents, "page_of_manual": None, "words": ""}
    if sight.key not in pages:
        raise NoSuchThing(f"The manual has no page `{sight.key}`.")
    words = html_of(sight, sight.key)
    return {"title": pages[sight.key], "contents": contents, "page_of_manual": sight.key, "words": words}


def text_of(name: str) -> str | None:
    """The text of a page of the manual."""
    path = folder() / f"{name}.md"
    known = any(name in names for names in CONTENTS.values())
    return path.read_text("utf-8") if known and path.is_file() else None


def head_of(name: str) -> str:
    """The heading of a page."""
    text = text_of(name) or ""
    return next((line.removeprefix("# ").replace("`", "") for line in text.splitlines() if line.startswith("# ")), name)


def html_of(sight: Sight, name: str) -> Markup:
    """A page of the manual as HTML; its links lead to other pages of it, and what lies elsewhere is no link."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(without_comments(text_of(name) or ""))
    for token in tokens:
        for inner in token.children or ():
            lead(sight, name, inner)
        if token.type == "heading_open":
            at = tokens.index(token)
            token.attrSet("id", anchor_of(tokens[at + 1].content))
        if token.type in ("fence", "table_open"):
            token.attrSet("tabindex", "0")
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))


def without_comments(text: str) -> str:
    """A page without the marks of its generated parts."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("<!-- "))


def anchor_of(heading: str) -> str:
    """The place of a heading on its page."""
    kept = "".join(each for each in heading.lower() if each.isalnum() or each in " -_")
    return kept.strip().replace(" ", "-")


def lead(sight: Sight, name: str, token: Token) -> None:
    """Let a link or picture lead to where it is here."""
    attribute = {"link_open": "href", "image": "src"}.get(token.type)
    if attribute is None:
        return
    written = str(token.attrGet(attribute) or "")
    if written.startswith(("https:", "http:", "mailto:", "#")):
        return
    path, _, place = written.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if token.type == "image":
        token.attrSet("src", sight.links.page("picture", target))
        token.attrSet("loading", "lazy")
    elif target.endswith(".md") and text_of(target.removesuffix(".md")) is not None:
        token.attrSet("href", sight.links.page("help", target.removesuffix(".md"), to=place or None))
    else:
        token.attrSet("href", "#")
        token.attrSet("class", "elsewhere")
