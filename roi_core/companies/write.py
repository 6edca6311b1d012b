"""Writes a sample company: the files its vendors would export, and truth.json."""

import json
import zipfile
from pathlib import Path

from roi_core.companies import costs, flat, freshdesk, stripe, surveys, usage
from roi_core.companies.generated import Generated, generate
from roi_core.companies.stories import STORIES
from roi_core.companies.table import Table
from roi_core.companies.tickets import open_tickets

TRUTH_FILE = "truth.json"
_ZIP_TIME = (2026, 1, 2, 0, 0, 0)


def export_tables(generated: Generated, *, usage_file: bool | None = None) -> tuple[Table, ...]:
    """The exports of a company. `usage_file` overrules whether usage and health are among them."""
    panel = generated.panel
    tickets = open_tickets(panel)
    people = stripe.names_of(panel)
    billing = stripe.bill(panel, tickets)
    invoices = stripe.raise_invoices(panel, billing)
    tables = [
        freshdesk.ticket_export(tickets, people, panel.knobs.seed, billing.end),
        stripe.customer_export(panel, billing, invoices, people),
        stripe.subscription_export(panel, billing, people),
        stripe.invoice_export(panel, billing, invoices, people),
        surveys.survey_export(panel, tickets, people),
        costs.cost_export(panel),
    ]
    with_usage = generated.story.usage_file if usage_file is None else usage_file
    return (*tables, usage.usage_export(panel)) if with_usage else tuple(tables)


def write_exports(generated: Generated, folder: Path, *, as_zip: bool = False) -> tuple[Path, ...]:
    """Writes the CSV files and truth.json into a folder, or all of them into `<company>.zip` there; returns what was written."""
    files = {table.file: table.text() for table in export_tables(generated)}
    return _write(files | {TRUTH_FILE: truth_text(generated)}, folder, _zip_name(generated) if as_zip else None)


def write_withheld(generated: Generated, folder: Path) -> Path:
    """Writes the usage file that a story keeps back, as `<company>_usage.zip`: adding it changes the verdict."""
    table = usage.usage_export(generated.panel)
    return _write({table.file: table.text()}, folder, _zip_name(generated).replace(".zip", "_usage.zip"))[0]


def write_sample(
    out_dir: Path,
    company: str = "saas",
    customers: int = 2_000,
    seed: int | None = None,
    effect: float | None = None,
    confounding: float | None = None,
    hidden: float | None = None,
) -> tuple[Path, ...]:
    """What `support-roi sample` does: the plain files of one company and its truth.json, directly in `out_dir`.

    `company` is saas (Harbour Desk), still-water or fogbank. Raises SampleRefused for shop and services, which are not built yet.
    """
    return write_exports(generate(company, customers, seed, effect, confounding, hidden), out_dir)


def write_bundle(folder: Path) -> tuple[Path, ...]:
    """Everything that ships in `sample_data/`: a zip a company, the usage file that Fogbank keeps back, the flat file."""
    written: list[Path] = []
    for slug, story in STORIES.items():
        generated = generate(slug)
        written += write_exports(generated, folder, as_zip=True)
        if not story.usage_file:
            written.append(write_withheld(generated, folder))
    return (*written, *flat.write_flat(flat.generate_flat(), folder))


def truth_text(generated: Generated) -> str:
    """truth.json."""
    return json.dumps(dict(generated.truth), indent=2, ensure_ascii=False) + "\n"


def _zip_name(generated: Generated) -> str:
    return generated.story.slug.replace("-", "_") + ".zip"


def _write(files: dict[str, str], folder: Path, archive: str | None) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    if archive is not None:
        return (_zipped(files, folder / archive),)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return tuple(folder / name for name in files)


def _zipped(files: dict[str, str], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text.encode(), zipfile.ZIP_DEFLATED, 9)
    return path
