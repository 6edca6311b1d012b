"""Strings that have broken programs: words that mean nothing or true, numbers that are none, letters of every direction, code of every kind."""

import json
from pathlib import Path

NAUGHTY: tuple[str, ...] = tuple(json.loads(Path(__file__).with_name("naughty.json").read_text(encoding="ascii")))
