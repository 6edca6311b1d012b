"""What customers wrote (subjects, remarks, titles): read by the rules and dropped, unless the user keeps it."""

from collections.abc import Iterator, Mapping

from roi_core.ingest.dump import as_csv
from roi_core.ingest.read import TextTable
from roi_core.ingest.recognise import Recognition
from roi_core.schema import LOADED, Privacy


def texts_as_csv(text: TextTable, recognition: Recognition) -> str:
    """The line in the file, the id and every free text of the loaded rows, as CSV with a header; empty where the table has no free text."""
    if recognition.entity is None:
        return ""
    schema = LOADED[recognition.entity]
    free = {column.name for column in schema.columns if column.privacy is Privacy.DROPPED}
    places = {place: name for place, canonical in recognition.mapping.items() if (name := canonical.partition(".")[2]) in free | set(schema.key)}
    if not free & set(places.values()):
        return ""
    return as_csv([("line", *places.values()), *_rows(text, places)])


def _rows(text: TextTable, places: Mapping[int, str]) -> Iterator[tuple[object, ...]]:
    return zip(text.lines.tolist(), *(text.text.column(f"c{place}").to_pylist() for place in places), strict=True)
