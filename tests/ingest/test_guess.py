"""Columns and tables of files that no export claims, guessed from names and values in four languages."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from roi_core.ingest.archive import unpack
from roi_core.ingest.cells import Cells
from roi_core.ingest.draft import draft, lacks, meanings, titles
from roi_core.ingest.fits import fits
from roi_core.ingest.guess import Seen, guess, guess_from, look_at
from roi_core.ingest.header_words import LANGUAGES, names_column, names_table, tokens, vocabulary
from roi_core.ingest.headers import read_header
from roi_core.ingest.limits import LIMITS
from roi_core.ingest.looks import Kind, look
from roi_core.ingest.plan import Plan
from roi_core.ingest.read_table import read_table
from roi_core.ingest.recognise import recognise
from roi_core.ingest.vendors import EXPORTS
from roi_core.schema import LOADED
from tests.ingest.exports import EXAMPLES
from tests.ingest.text_tables import text_table

LOOKS = {
    Kind.EMAIL: ("ada@one.example", "bob@two.example"),
    Kind.DATE: ("2024-01-31 10:00", "31/01/2024"),
    Kind.MONTH: ("2024-01", "2024-02"),
    Kind.YES_NO: ("yes", "no", "yes"),
    Kind.CURRENCY: ("USD", "eur"),
    Kind.DURATION: ("2h 10m", "12:30:00"),
    Kind.PHONE: ("+1 555 010 0101", "(555) 010-0102"),
    Kind.DOMAIN: ("one.example", "www.two.example"),
    Kind.SCORE: ("1", "5", "4", "5"),
    Kind.WHOLE: ("1200", "34000", "17"),
    Kind.MONEY: ("$12.50", "1,200.00"),
    Kind.NUMBER: ("12.3456", "0.1234"),
    Kind.ID: ("cus_9x8y7z", "cus_1a2b3c"),
    Kind.CATEGORY: ("billing", "bug", "billing", "bug"),
    Kind.NAME: ("Ada Lovelace", "Bob Stone", "Cleo Day"),
    Kind.TEXT: ("I cannot open the second of my invoices from last week", "My printer is on fire, and nobody answers the phone here"),
    Kind.EMPTY: ("", " "),
}
Known = list[tuple[tuple[Seen, ...], str]]
HAND = {
    "tickets": (
        ("Vorgangsnummer", "E-Mail-Adresse", "Erstellt am", "Gelöst am", "Bearbeiter"),
        ("V-1", "ada@one.example", "01.02.2024 10:00", "02.02.2024 11:00", "Ann"),
        ("V-2", "bob@two.example", "13.02.2024 10:00", "14.02.2024 11:00", "Ben"),
    ),
    "invoices": (
        ("Numéro de facture", "Code client", "Date de facture", "Montant TTC", "Devise"),
        ("F-1", "C-1", "2024-01-31", "1 200,00", "EUR"),
        ("F-2", "C-2", "2024-02-29", "90,50", "EUR"),
    ),
    "orders": (
        ("Número de pedido", "Correo electrónico", "Fecha de pedido", "Importe total"),
        ("P-1", "ada@one.example", "2024-01-31", "12,50"),
        ("P-2", "bob@two.example", "2024-02-29", "90,50"),
    ),
    "subscriptions": (
        ("Subscription no", "Client number", "Start date", "Monthly price", "Cancelled at"),
        ("S-1", "C-1", "2024-01-31", "12.50", ""),
        ("S-2", "C-2", "2024-02-29", "90.50", "2024-06-30"),
    ),
    "costs": (("Monat", "Kostenart", "Betrag"), ("2024-01", "Personal", "12.000,50"), ("2024-02", "Software", "900,00")),
}


def cells(*values: str) -> Cells:
    return Cells.of(pa.chunked_array([pa.array(values, pa.string())]), np.arange(len(values)))


@pytest.mark.parametrize("kind", LOOKS)
def test_cells_look_like_what_they_are(kind: Kind) -> None:
    assert look(cells(*LOOKS[kind])).kind is kind


def test_the_evidence_says_how_many_of_how_many() -> None:
    assert look(cells(*["a@b.example"] * 9, "none of that")).evidence == "90 % of 10 cells are e-mail addresses"


@pytest.mark.parametrize("entity", HAND)
def test_a_file_in_another_language_is_the_right_table_with_every_column(entity: str) -> None:
    headers, *rows = HAND[entity]
    table = text_table(headers, rows)
    proposal = guess(table.headers, table.text)
    assert proposal.entity == entity
    assert not lacks(Plan(entity, {one.header: one.canonical for one in proposal.columns if one.canonical}))
    assert all(one.canonical for one in proposal.columns)


def test_values_speak_where_the_name_does_not_and_against_a_name_that_is_wrong() -> None:
    table = text_table(("c1", "Email"), [("ada@one.example", "2024-01-01"), ("bob@two.example", "2024-01-02")])
    first, second = guess(table.headers, table.text, "tickets.csv").columns
    assert (first.canonical or "").endswith(".email")
    assert not (second.canonical or "").endswith(".email")


def test_samples_hide_the_name_of_an_address() -> None:
    table = text_table(("who",), [("ada@one.example",)])
    assert guess(table.headers, table.text).columns[0].seen.samples == ("a***@one.example",)


def test_another_table_is_guessed_again_from_the_report_alone() -> None:
    headers, *rows = HAND["orders"]
    table = text_table(headers, rows)
    report = {"proposal": guess(table.headers, table.text).as_json(), "entity": None, "export": "unknown", "columns": []}
    assert [one.canonical for one in draft(report).columns] == ["orders.order_id", "orders.email", "orders.ordered_at", "orders.amount"]
    again = draft(report, "carts")
    assert again.entity == "carts"
    assert "carts.email" in [one.canonical for one in again.columns]


def test_the_vocabulary_names_columns_that_exist_and_every_required_one() -> None:
    words, names = vocabulary(), {column for table in LOADED.values() for column in table.names}
    for language in LANGUAGES:
        assert {key.rpartition(".")[2] for key in words[language]} <= names
    assert set(words["tables"]) == set(LOADED) - {"flat"}
    for table in LOADED.values():
        for column in table.required:
            assert names_column(tokens(column), table.name, column) == 1.0


def test_every_column_can_be_offered_and_some_kind_fits_it() -> None:
    for entity in titles():
        for canonical in meanings(entity):
            column = LOADED[entity].column(canonical.partition(".")[2])
            assert max(fits(column, kind) for kind in Kind) == 1.0


def test_a_word_inside_a_header_counts_less_than_the_header_alone() -> None:
    whole, part = (names_column(tokens(header), "tickets", "email") for header in ("E-Mail", "E-Mail of the boss"))
    assert whole == 1.0
    assert 0 < part < whole
    assert names_table([tokens("Ticket no"), tokens("Amount")], "tickets") == 1


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """What every table of the examples that an export claims looks like, with that export."""
    found: Known = []
    for example in EXAMPLES:
        folder = tmp_path_factory.mktemp("example")
        (folder / "upload").write_bytes(example.content)
        for member in unpack(folder / "upload", example.name, folder, LIMITS).members:
            table = read_table(member.path, member.name or example.name, folder, LIMITS) if member.path else None
            if table and (claimed := recognise(table.headers, table.text)).entity and claimed.export == example.export:
                found.append((look_at(table.headers, table.text), example.export))
    return found


def _renamed(seen: tuple[Seen, ...], export: str, form: str) -> list[Seen]:
    signature = {read_header(header).bare for header in EXPORTS[export].signature}
    return [replace(one, header=form.format(header=one.header, place=one.place)) if read_header(one.header).bare in signature else one for one in seen]


@pytest.mark.parametrize(("form", "floor"), [("{header} (old)", 0.75), ("Column {place}", 0.6)])
def test_known_exports_whose_telling_headers_were_renamed_are_mostly_the_right_table(form: str, floor: float, known: Known) -> None:
    right = sum(guess_from(_renamed(seen, export, form)).entity == EXPORTS[export].entity for seen, export in known)
    print(f"right table for {right} of {len(known)} exports with telling headers renamed to {form!r}")
    assert len(known) > 60
    assert right >= floor * len(known)
