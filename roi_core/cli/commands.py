"""The commands that read files. Each imports what it needs when it runs: `support-roi --help` loads nothing heavy."""

import json
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roi_core.errors import NotDeleted

if TYPE_CHECKING:
    from roi_core.assumptions import Assumptions
    from roi_core.cohorts.design import Design
    from roi_core.valuation import Valued


def inspect(arguments: Namespace) -> int:
    """Every table of every file: what it is, and where each of its rows went. Exit 1 only where all were refused."""
    from roi_core.ingest import inspect as inspected

    found = inspected(arguments.files, arguments.dump, mapping=_mapping(arguments))
    if arguments.json:
        sys.stdout.write(_json(found) + "\n")
    else:
        for file in found["files"]:
            print("\n".join(_printable(line) for line in (_line(file), *(f"  {note}" for note in file.get("notes", ())))))
    refused = [file["refused"] for file in found["files"] if "refused" in file]
    for reason in refused:
        print(f"support-roi: {_printable(reason)}", file=sys.stderr)
    return 1 if len(refused) == len(found["files"]) else 0


def analyse(arguments: Namespace) -> int:
    """The whole way from files to the return, as one JSON document."""
    from roi_core.cli.answer import answer
    from roi_core.examination import measure_whole
    from roi_core.ingest import take_in
    from roi_core.ingest.limits import FROM_DISK
    from roi_core.kpis.alerts import alerts_of
    from roi_core.valuation import value
    from roi_core.workspace import Workspace

    design, assumptions = _opinions(arguments)
    with Workspace.temporary() as workspace:
        take_in([Path(file) for file in arguments.files], workspace, _mapping(arguments), None, FROM_DISK)
        whole, unusual = measure_whole(workspace, design, by=arguments.by), alerts_of(workspace)
    valued = value(whole.measured, assumptions)
    arguments.json.write_text(_json(answer(valued, whole, unusual)) + "\n", encoding="utf-8")
    print(_printable(f"{valued.headline.title}. {valued.headline.text}"))
    return 0


def report(arguments: Namespace) -> int:
    """The same way, written for a reader."""
    from roi_core.report import About, write_report

    about = About(arguments.company, datetime.now().astimezone().date())
    write_report(_valued(arguments), arguments.audience, arguments.format, arguments.out, about=about)
    return 0


def sample(arguments: Namespace) -> int:
    """An invented company: exports in vendors' formats, and the truth."""
    from roi_core.companies import write_sample

    written = write_sample(
        arguments.out,
        arguments.company,
        customers=arguments.customers,
        seed=arguments.seed,
        effect=arguments.effect,
        confounding=arguments.confounding,
        hidden=arguments.hidden,
    )
    print("\n".join(path.name for path in written))
    return 0


def template(arguments: Namespace) -> int:
    """An empty table to fill in. A file that is there already is not touched: it may have been filled in."""
    from roi_core.ingest.templates import write_template

    content = write_template(arguments.table, arguments.format)
    path = arguments.out or Path(f"{arguments.table}.{arguments.format}")
    with path.open("xb") as file:
        file.write(content)
    print(path.name)
    return 0


def metrics(_: Namespace) -> int:
    """Every key figure with its definition, as Markdown."""
    from roi_core.metrics.document import document

    sys.stdout.write(document())
    return 0


def delete(arguments: Namespace) -> int:
    """All saved work of this user, keys included; it cannot be brought back."""
    from roi_core.workspace import Workspace, default_home, saved

    home = default_home()
    works = saved(home)
    if works and not arguments.yes:
        raise NotDeleted.unconfirmed(len(works))
    for work in works:
        Workspace(home, work).delete(locked_too=True)
    print(f"Saved work deleted: {len(works)}.")
    return 0


def _valued(arguments: Namespace) -> "Valued":
    from roi_core.measurement import measure
    from roi_core.valuation import value

    design, assumptions = _opinions(arguments)
    return value(measure(arguments.files, design, mapping=_mapping(arguments)), assumptions)


def _opinions(arguments: Namespace) -> tuple["Design | None", "Assumptions | None"]:
    """What was asked for in files of their own: the design, and what no export holds."""
    from roi_core.assumptions import Assumptions
    from roi_core.cli.design import design_of

    return design_of(arguments.design) if arguments.design else None, Assumptions.from_toml(arguments.assumptions) if arguments.assumptions else None


def _mapping(arguments: Namespace) -> dict[str, Any] | None:
    from roi_core.cli.mapping import mapping_of

    return mapping_of(arguments.mapping) if arguments.mapping else None


def _line(file: dict[str, Any]) -> str:
    """One table on one line, for a reader, with where every record went."""
    name = f"{file['file']} ({file['member']})" if file["member"] else file["file"]
    if "refused" in file:
        return f"{name}: refused"
    rows = file["rows"]
    what = f"{file['entity']} from {file['vendor']} ({file['export']})" if file["entity"] else "not recognised"
    went = f"{rows['loaded']:,} loaded, {rows['quarantined']:,} set aside, {rows['not_data']:,} not data, {rows['unaccounted']:,} lost"
    return f"{name}: {what}; {rows['records']:,} records, {went}"


def _printable(text: str) -> str:
    """Text of a file, in which no character can move the cursor, colour the terminal or turn the direction of writing."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
