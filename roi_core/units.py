"""The units a number can carry. Declared once; `show` knows how each is written."""

from enum import StrEnum


class Unit(StrEnum):
    """What a number is measured in. Rates are fractions of 1 everywhere but in `PERCENT`."""

    FRACTION = "fraction"
    PERCENT = "percent"
    MONEY = "money"
    MONEY_PER_EPISODE = "money per episode"
    MONEY_PER_MONTH = "money per month"
    MONEY_PER_YEAR = "money per year"
    RATIO = "ratio"
    COUNT = "count"
    SCORE = "score"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    CORRELATION = "correlation"
    TEXT = "text"
