"""Invented companies and people: nobody real, every domain under .example."""

from dataclasses import dataclass

import numpy as np

from roi_core.companies.clock import Ints
from roi_core.companies.luck import stream

PEOPLE_PER_COMPANY = 4
FREE_MAIL = "postbox.example"
_FREE_MAIL_SHARE = 0.04
_ROOTS = (
    "Ald", "Bram", "Cor", "Dun", "Elm", "Fen", "Gar", "Hol", "Ist", "Jun", "Kel", "Lom", "Mar", "Nor", "Orl", "Pel", "Quin", "Ros", "Sil", "Tam",
    "Uld", "Ver", "Wil", "Yar", "Zel", "Ash", "Bex", "Cal", "Dor", "Esk", "Fal", "Gil",
)  # fmt: skip
_STEMS = (
    "brook", "field", "ford", "gate", "hurst", "land", "mere", "more", "port", "ridge", "stead", "wick", "worth", "dale", "combe", "haven",
)  # fmt: skip
_TRADES = (
    "Analytics", "Logistics", "Foods", "Studios", "Works", "Labs", "Partners", "Systems", "Outfitters", "Cafés",
    "Clinics", "Learning", "Robotics", "Textiles", "Travel", "Energy", "Optics", "Games", "Papers", "Tools",
)  # fmt: skip
_SIDES = ("", "North ", "East ", "Upper ")
_LEGAL_FORMS = ("", "Ltd", "Inc.", "GmbH", "B.V.", "LLC")
_FIRST = (
    "Ada", "Bela", "Cato", "Dina", "Edda", "Finn", "Gita", "Hugo", "Inga", "Joss", "Kira", "Lars", "Mina", "Nilo", "Odda", "Pia", "Rafe", "Sana",
    "Timo", "Ursa", "Vito", "Wanda", "Yara", "Zeno", "Anouk", "Bodil", "Clio", "Davor", "Elif", "Farid", "Greta", "Hanno", "Ilja", "Jori", "Kofi",
    "Leni", "Malik", "Nuria", "Oskar", "Petra",
)  # fmt: skip
_LAST = (
    "Abendt", "Brakel", "Corvin", "Dallmer", "Evensk", "Farrow", "Grantley", "Holvik", "Imrich", "Jarnow", "Kestrel", "Lindqvar", "Merrow", "Norvald",
    "Oakmere", "Pallis", "Quillan", "Rendt", "Sorvino", "Tarrant", "Umber", "Valcourt", "Westrow", "Yarden", "Zoller", "Ashby", "Birk", "Calloway",
    "Dorn", "Ellery",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Directory:
    """What customers are called.

    `company` as a person writes it, `legal_name` as billing has it; `names` and `emails` of up to four people of each, the
    first being the billing contact; `people` (customers,) how many of them write.
    """

    company: list[str]
    legal_name: list[str]
    names: list[list[str]]
    emails: list[list[str]]
    people: Ints


def directory(seed: int, customers: int) -> Directory:
    """Names of n customers: company names differ, also without their legal form."""
    draw = stream(seed, "names").random((5, customers))
    company = [_company(seed, i) for i in range(customers)]
    form = [_LEGAL_FORMS[int(x * len(_LEGAL_FORMS))] for x in draw[0]]
    shouted = draw[1] < 0.03
    legal = [(c.upper() if up else c) + (f" {f}" if f else "") for c, f, up in zip(company, form, shouted, strict=True)]
    people = np.where(draw[2] < _FREE_MAIL_SHARE, 1, 1 + (draw[3] * PEOPLE_PER_COMPANY).astype(np.int64))
    names = _people(seed, customers)
    domains = [FREE_MAIL if free else _domain(c) for c, free in zip(company, draw[2] < _FREE_MAIL_SHARE, strict=True)]
    emails = [_emails(n, d, i) for i, (n, d) in enumerate(zip(names, domains, strict=True))]
    return Directory([c.replace("é", "e") for c in company], legal, names, emails, people)


def identifiers(seed: int, kind: str, count: int, length: int = 10) -> list[str]:
    """`kind` followed by random letters and digits, as billing systems number things."""
    alphabet = np.array(list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
    drawn = alphabet[stream(seed, f"identifiers {kind}").integers(0, len(alphabet), (count, length))]
    return [kind + "".join(row) for row in drawn.tolist()]


def person(luck: float) -> str:
    """One invented full name out of 1,200, by a number in [0, 1)."""
    number = int(luck * len(_FIRST) * len(_LAST))
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST)]}"


def _company(seed: int, number: int) -> str:
    combinations = len(_ROOTS) * len(_STEMS) * len(_TRADES) * len(_SIDES)
    lap, place = divmod(number, combinations)
    place = (place * 12_289 + seed * 7_919) % combinations
    place, side = divmod(place, len(_SIDES))
    place, trade = divmod(place, len(_TRADES))
    root, stem = divmod(place, len(_STEMS))
    return f"{_SIDES[side]}{_ROOTS[root]}{_STEMS[stem]} {_TRADES[trade]}" + (f" {lap + 1}" if lap else "")


def _domain(company: str) -> str:
    return company.replace("é", "e").lower().replace(" ", "-") + ".example"


def _people(seed: int, customers: int) -> list[list[str]]:
    """Four different people a company: the first names are a quarter of the list apart."""
    draw = stream(seed, "people").random((2, customers))
    first, last = (draw[0] * len(_FIRST)).astype(int), (draw[1] * len(_LAST)).astype(int)
    step = len(_FIRST) // PEOPLE_PER_COMPANY
    return [
        [f"{_FIRST[(f + j * step) % len(_FIRST)]} {_LAST[(k + 7 * j) % len(_LAST)]}" for j in range(PEOPLE_PER_COMPANY)]
        for f, k in zip(first.tolist(), last.tolist(), strict=True)
    ]


def _emails(names: list[str], domain: str, number: int) -> list[str]:
    tail = str(number) if domain == FREE_MAIL else ""
    return [name.lower().replace(" ", ".") + f"{tail}@{domain}" for name in names]
