"""How a text for the user repeats what was found in a file: short, on one line, and without what tells who somebody is."""

import re

_LONGEST_QUOTE = 40
_EMAIL = re.compile(r"([^\s@<>,;]{1,64})@([^\s@<>,;]{1,64})")
_PHONE = re.compile(r"(?<![\d.])(\+\d{1,3}[ ()/-]*|\(?0\d{2,4}\)?[ /-]|\(\d{3}\) ?|\d{3}-(?=\d{3}-\d{4}))\d[\d ()/-]{4,}\d(?!\d)")
_DIGITS = re.compile(r"(?<!\d)\d{7,}(?!\d)")
_DAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(\d{4}|\d{6})?")


def quoted(text: object) -> str:
    """What was found, on one line, at most 40 characters; of an e-mail address the name part is hidden, of a number of 7 or more digits all but two."""
    line = _EMAIL.sub(lambda m: f"{m.group(1)[0]}***@{m.group(2)}", " ".join(str(text).split()))
    line = printable(_DIGITS.sub(_hidden, _PHONE.sub(_hidden, line)))
    return f'"{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"}"'


def _hidden(found: re.Match[str]) -> str:
    """The first two characters of a number that may be a person's; a day such as 20250131 stays."""
    return found[0] if _DAY.fullmatch(found[0]) else f"{found[0][:2]}***"


def printable(text: str, longest: int | None = None) -> str:
    """The text without what would steer a terminal or turn the direction of writing; over `longest` characters its middle is left out."""
    line = "".join(c if c.isprintable() else "?" for c in text)
    if longest is None or len(line) <= longest:
        return line
    tail = longest // 3
    return f"{line[: longest - tail - 1]}…{line[-tail:]}"
