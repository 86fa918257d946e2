"""Codes for what a case expects of itself, and does not find."""

from .code import Code, error

CODES: tuple[Code, ...] = (
    error(
        "expectation-fails",
        "`{name}` is {found} in {reading} on {date}; `{expected}` was expected",
        "An expectation says where a commitment should stand at a date. Servanda has worked out from the text and the "
        "record that it stands elsewhere.",
        "Change the text or the record if they do not say what is meant; else change the expectation.",
    ),
)
