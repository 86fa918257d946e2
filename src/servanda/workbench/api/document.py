"""The OpenAPI document: what each operation takes and gives, made of the values that answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from servanda import __version__
from servanda.workbench.desk import Copy

from .operations import BARE, OPERATIONS
from .parameters import Parameter
from .problems import MEDIA_TYPE, Problem

_PROBLEMS = {
    "400": "A parameter is none of those that are taken, or cannot be read.",
    "404": "The case has nothing of that name.",
    "409": "The text of the case has errors.",
    "default": "Anything else that is refused.",
}


def document(slug: str, copy: Copy) -> dict[str, Any]:
    """The document for one case: the names of its readings and channels stand in it."""
    types = dict.fromkeys([Problem, *(gives for each in OPERATIONS.values() for gives in each.gives)])
    types |= dict.fromkeys(gives for _, gives in BARE.values())
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    schema_of = dict(zip(types, schemas, strict=True))
    paths = {
        f"/{name}": _operation(name, about, [schema_of[gives]], (), schema_of[Problem], view=False)
        for name, (about, gives) in BARE.items()
    }
    for each in OPERATIONS.values():
        gives = [schema_of[one] for one in each.gives]
        paths[f"/{each.name}"] = _operation(each.name, each.about, gives, each.parameters(copy), schema_of[Problem])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": copy.case.title or "A case without a title",
            "version": __version__,
            "description": "What the commands of Servanda answer with `--format json`. Every answer names its view: "
            "the date, the channels, what is supposed. A claim is not a fact.",
        },
        "servers": [{"url": f"/{slug}/api"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": components},
    }


def _operation(
    name: str, about: str, gives: list[dict[str, Any]], takes: Iterable[Parameter], problem: dict[str, Any], *,
    view: bool = True,
) -> dict[str, Any]:  # fmt: skip
    schema = gives[0] if len(gives) == 1 else {"anyOf": gives}
    answered = {"200": {"description": "The answer.", "content": {"application/json": {"schema": schema}}}}
    refused = {
        status: {"description": words, "content": {MEDIA_TYPE: {"schema": problem}}}
        for status, words in _PROBLEMS.items()
        if view or status in ("400", "default")
    }
    return {
        "get": {
            "operationId": name.replace("/", "-"),
            "summary": about,
            "parameters": list(map(_parameter, takes)),
            "responses": answered | refused,
        }
    }


def _parameter(each: Parameter) -> dict[str, Any]:
    form = {"type": "array", "items": each.form, "minItems": 1} if each.many else each.form
    many = {"style": "form", "explode": True} if each.many else {}
    return {
        "name": each.name, "in": "query", "required": each.required, "description": each.about, "schema": form, **many,
    }  # fmt: skip
