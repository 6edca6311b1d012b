"""Decisions out of a bundle: each is read as it will be before any is kept, so that no page fails on what somebody has written into a file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from roi_core.assumptions import Assumptions
from roi_core.cohorts.design import Design
from roi_core.ingest.plan import Plan
from roi_core.kpis import settings
from roi_core.schema.parts import KEEP_TEXTS, SAID
from roi_core.spine.decisions import SETTING as LINKS
from roi_core.spine.decisions import Decisions
from roi_core.spine.exclusions import SETTING as RULES
from roi_core.spine.exclusions import Exclusions
from roi_core.workspace.clients import COLOUR, COLOURS, NAME, SAMPLE
from roi_core.workspace.keys import KEYLESS

_FINDING = {"kind", "key", "note", "kept_on", "then", "moved"}


def check_values(values: Mapping[str, Any]) -> None:
    """Raises SupportRoiError, KeyError, TypeError, ValueError or AttributeError where one cannot be read, or is none that a work has."""
    for name, kept in values.items():
        (Plan.of if name.startswith(SAID) else _CHECKS[name])(kept)


def _of(*types: type) -> Callable[[object], None]:
    def check(kept: object) -> None:
        if not isinstance(kept, types):
            raise TypeError(kept)

    return check


_text, _switch, _number, _number_or_none = _of(str), _of(bool), _of(int, float), _of(int, float, type(None))


def _colour(kept: object) -> None:
    if kept not in COLOURS:
        raise ValueError(kept)


def _moved(kept: Mapping[str, object]) -> None:
    for name, value in kept.items():
        _text(name)
        _number(value)


def _findings(listed: Sequence[Mapping[str, Any]]) -> None:
    for finding in listed:
        if set(finding) != _FINDING:
            raise KeyError
        then = finding["then"]
        for text in (finding["kind"], finding["key"], finding["note"], then["title"], then["text"]):
            _text(text)
        for number in then["numbers"]:
            _number_or_none(number)
        _moved(finding["moved"])
        date.fromisoformat(finding["kept_on"])


_CHECKS: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "design": Design.of,
        "assumptions": Assumptions.of,
        "scenario": _moved,
        "findings": _findings,
        LINKS: Decisions.of,
        RULES: Exclusions.of,
        NAME: _text,
        COLOUR: _colour,
        SAMPLE: _text,
        KEEP_TEXTS: _switch,
        KEYLESS: _switch,
        settings.VIEW: settings.View.of,
        settings.TARGETS: settings.targets,
        settings.AGREED: settings.agreements,
        settings.STORIES: settings.stories,
    }
)
