"""Whose report it is, when it was made and how its file is called: told by the caller, since the core has no clock."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from roi_core.sentences import say
from roi_core.show import DEFAULT, Style, day

_NAMELESS = "support-roi"
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class About:
    """`company` as the reader calls it, `made` the day of making; `invented` marks an example in the report and in the name of its file."""

    company: str = ""
    made: date | None = None
    invented: bool = False

    def line(self, audience: str, style: Style = DEFAULT) -> str:
        """`Acme · For management · Made on 2026-11-22`: what is known of it."""
        made = say("report.made", day=day(self.made, style)) if self.made else ""
        return " · ".join(part for part in (self.company, say(f"report.for_{audience}"), made) if part)

    def file_name(self, what: str, suffix: str) -> str:
        """`acme-management-2026-11-22.html`: small letters, digits and dashes only, whatever the company is called."""
        plain = unicodedata.normalize("NFKD", self.company).encode("ascii", "ignore").decode().lower()
        company = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or _NAMELESS
        mark = "invented-example" if self.invented else ""
        return "-".join(part for part in (company, mark, what, self.made.isoformat() if self.made else "") if part) + suffix


NOTHING_TOLD = About()
