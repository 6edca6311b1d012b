"""Files as each vendor writes them, by hand, with what must be read from them. One file a vendor; `EXAMPLES` is found by name."""

import importlib
import pkgutil

from tests.ingest.exports.example import Example

EXAMPLES: tuple[Example, ...] = tuple(
    example
    for module in pkgutil.iter_modules(__path__)
    if module.name != "example"
    for example in importlib.import_module(f"{__name__}.{module.name}").EXAMPLES
)

__all__ = ["EXAMPLES", "Example"]
