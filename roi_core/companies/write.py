"""Writes a sample company: the files its vendors would export, and truth.json."""

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from roi_core.companies import agency, costs, flat, freshdesk, shop, stripe, surveys, usage
from roi_core.companies.company import Company
from roi_core.companies.generated import Generated, generate
from roi_core.companies.settings import Settings
from roi_core.companies.stories import STORIES, story_of
from roi_core.companies.table import Table
from roi_core.companies.tickets import open_tickets
from roi_core.errors import SampleRefused

TRUTH_FILE = "truth.json"
_ZIP_TIME = (2026, 1, 2, 0, 0, 0)
_LINES = {"saas": "harbour-desk", "shop": "linden-loom", "services": "alder-moss"}
"""The first company of each line of business."""
_MAKERS: Mapping[str, Callable[[str, Settings], Company]] = {**dict.fromkeys(shop.STORIES, shop.generate), **dict.fromkeys(agency.STORIES, agency.generate)}
_SLUGS = (*STORIES, *_MAKERS)


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


def company(name: str, settings: Settings | None = None) -> Company:
    """One sample company by the name of its story or of its line of business (saas, shop, services). Raises SampleRefused."""
    turned = settings or Settings()
    slug = slug_of(name)
    if slug in _MAKERS:
        return _MAKERS[slug](slug, turned)
    generated = generate(slug, **{"customers": story_of(slug).knobs.customers, **turned.given()})
    return Company(slug, generated.story.name, export_tables(generated), generated.truth)


def slug_of(name: str) -> str:
    """The slug of a story, of a story written with underscores, or of a line of business. Raises SampleRefused."""
    asked = _LINES.get(name, name.replace("_", "-"))
    if asked not in _SLUGS:
        raise SampleRefused.unknown(name, (*_LINES, *_SLUGS))
    return asked


def write_exports(generated: Generated, folder: Path, *, as_zip: bool = False) -> tuple[Path, ...]:
    """Writes the CSV files and truth.json into a folder, or all of them into `<company>.zip` there; returns what was written."""
    made = Company(generated.story.slug, generated.story.name, export_tables(generated), generated.truth)
    return write_company(made, folder, as_zip=as_zip)


def write_company(made: Company, folder: Path, *, as_zip: bool = False) -> tuple[Path, ...]:
    """The same for any company."""
    files = {table.file: table.text() for table in made.tables}
    return _write(files | {TRUTH_FILE: truth_text(made.truth)}, folder, _zip_name(made.slug) if as_zip else None)


def write_withheld(generated: Generated, folder: Path) -> Path:
    """Writes the usage file that a story keeps back, as `<company>_usage.zip`: adding it changes the verdict."""
    table = usage.usage_export(generated.panel)
    return _write({table.file: table.text()}, folder, _zip_name(generated.story.slug).replace(".zip", "_usage.zip"))[0]


def write_sample(
    out_dir: Path,
    name: str = "saas",
    customers: int | None = None,
    seed: int | None = None,
    effect: float | None = None,
    confounding: float | None = None,
    hidden: float | None = None,
) -> tuple[Path, ...]:
    """What `support-roi sample` does: the plain files of one company and its truth.json, directly in `out_dir`.

    `name` is saas (Harbour Desk), still-water, fogbank, shop (Linden & Loom), plain-weave or services (Alder & Moss). Raises SampleRefused for
    another name and for a knob out of range.
    """
    return write_company(company(name, Settings(customers, seed, effect, confounding, hidden)), out_dir)


def write_bundle(folder: Path) -> tuple[Path, ...]:
    """Everything that ships in `sample_data/`: a zip a company, the usage file that Fogbank keeps back, the flat file."""
    written = [path for slug in _SLUGS for path in write_company(company(slug), folder, as_zip=True)]
    withheld = [write_withheld(generate(slug), folder) for slug, story in STORIES.items() if not story.usage_file]
    return (*written, *withheld, *flat.write_flat(flat.generate_flat(), folder))


def truth_text(truth: Mapping[str, Any]) -> str:
    """truth.json."""
    return json.dumps(dict(truth), indent=2, ensure_ascii=False) + "\n"


def _zip_name(slug: str) -> str:
    return slug.replace("-", "_") + ".zip"


def _write(files: dict[str, str], folder: Path, archive: str | None) -> tuple[Path, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    if archive is not None:
        return (_zipped(files, folder / archive),)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    return tuple(folder / name for name in files)


def _zipped(files: dict[str, str], path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text.encode(), zipfile.ZIP_LZMA)
    return path
