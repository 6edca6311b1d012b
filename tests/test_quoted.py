"""What a message repeats of a file: shortened, on one line, and without what may be a person's."""

import pytest

from roi_core.errors import quoted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ann@firm.example", '"a***@firm.example"'),
        ("0170 1234567 x", '"01*** x"'),
        ("Total +49 170 555", '"Total +4***"'),
        ("call 1234567", '"call 12***"'),
        ("(555) 123-4567", '"(5***"'),
        ("555-123-4567", '"55***"'),
    ],
)
def test_addresses_and_long_numbers_are_hidden(text: str, shown: str) -> None:
    assert quoted(text) == shown


@pytest.mark.parametrize(
    "text", ["tickets_20250131.csv", "2025-01-31 10:00:00", "20250131103000", "1.234.567,89", "01/02/2025", "2025-01-31T10:00:00+0200", "123456"]
)
def test_days_amounts_and_short_numbers_stay(text: str) -> None:
    assert quoted(text) == f'"{text}"'
