"""A design from a TOML file: `[cohort]`, `[flat]` and `[exclude]` of the public surface, `[test]` and `[quoted]`."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from roi_core.cohorts.design import Design, FlatColumns, Planned, Quoted
from roi_core.errors import DesignRefused

_COHORT = {"supported": str, "washout_months": int, "horizon_months": int}
_FLAT = dict.fromkeys(FlatColumns.__dataclass_fields__, str)
_TEST = {"treated_share_percent": float, "margin_points": float}
_QUOTED = {"churn_percent_a_year": float, "source": str}
_SECTIONS: Mapping[str, Mapping[str, type]] = {"cohort": _COHORT, "flat": _FLAT, "exclude": {"categories": list}, "test": _TEST, "quoted": _QUOTED}
_WANTED = {str: "a text in quotation marks", int: "a whole number", list: "a list of texts", float: "a number"}


def design_of(file: Path) -> Design:
    """The design that the file describes; what it leaves out keeps its default. Raises DesignRefused, OSError."""
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesignRefused.value("file", file.name, f"TOML text ({error})") from None
    sections = {name: _section(name, content) for name, content in written.items()}
    categories = sections.get("exclude", {}).get("categories", [])
    if not all(isinstance(category, str) for category in categories):
        raise DesignRefused.value("exclude.categories", categories, "a list of category names")
    test, quoted = sections.get("test", {}), sections.get("quoted", {})
    return Design(
        **sections.get("cohort", {}),
        exclude_categories=tuple(categories),
        flat=FlatColumns(**sections.get("flat", {})),
        planned=Planned.typed(test.get("treated_share_percent"), test.get("margin_points")),
        quoted=Quoted.typed(quoted.get("churn_percent_a_year"), quoted.get("source")),
    )


def _section(name: str, content: Any) -> dict[str, Any]:
    keys = _SECTIONS.get(name)
    if keys is None or not isinstance(content, dict):
        raise DesignRefused.value("section", name, " or ".join(f"[{section}]" for section in _SECTIONS))
    for key, value in content.items():
        if key not in keys:
            nearest = get_close_matches(key, keys, n=1, cutoff=0.0)[0]
            raise DesignRefused.value(f"{name} key", key, f"one of {', '.join(keys)}; did you mean {nearest}")
        if not isinstance(value, (int, float) if keys[key] is float else keys[key]) or isinstance(value, bool):
            raise DesignRefused.value(f"{name}.{key}", value, _WANTED[keys[key]])
    return content
