"""What buyers and visitors of a shop are called: nobody real, every address under .example."""

from dataclasses import dataclass

from roi_core.companies.luck import stream
from roi_core.companies.names import person

_MAIL = ("postbox.example", "letterbox.example", "inbox.example", "mailroom.example")


@dataclass(frozen=True, slots=True)
class People:
    """Names and addresses, buyers first, then visitors who never bought."""

    names: list[str]
    emails: list[str]


def draw_people(seed: int, buyers: int, visitors: int) -> People:
    """So many buyers and visitors; adding a visitor renames nobody."""
    luck = [*stream(seed, "shop names").random(buyers).tolist(), *stream(seed, "shop visitors").random(visitors).tolist()]
    names = [person(x) for x in luck]
    return People(names, [f"{name.lower().replace(' ', '.')}{i}@{_MAIL[i % len(_MAIL)]}" for i, name in enumerate(names)])
