"""The root of work that nobody has touched since it was read: a page asks for it fifty times, and it is read and opened once."""

import json
from functools import lru_cache

from roi_core.workspace import database, root
from roi_core.workspace.places import Places
from roi_core.workspace.root import Root


def root_of(places: Places) -> Root:
    """What counts now. Raises WorkspaceMissing after deletion, WorkspaceBroken."""
    meta, keys = database.settled(places.meta_path), database.settled(places.keys_path)
    if meta is None or keys is None:
        return Root.of(_read(places))
    return Root.of(json.loads(_read_at(places, meta, keys)))


def forget() -> None:
    """Lets go of everything that was read: work was deleted."""
    _read_at.cache_clear()


@lru_cache(maxsize=64)
def _read_at(places: Places, _meta: tuple[int, ...], _keys: tuple[int, ...]) -> str:
    """As text, so that whoever changes what is given changes a copy."""
    return json.dumps(_read(places))


def _read(places: Places) -> dict[str, object]:
    with places.reading() as (con, seal):
        return root.read(con, seal).as_json()
