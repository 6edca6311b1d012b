"""The two ways in which a text may enter SQL. Values never do: they are bound."""

from pathlib import Path


def literal(text: str | Path) -> str:
    """A string literal."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A quoted identifier."""
    return '"' + name.replace('"', '""') + '"'
