"""What of a customer's further columns is stored in clear, and what is not."""

import pytest

from roi_core.ingest.covariates import Covariates, read_covariates
from tests.ingest.text_tables import cells


def read(header: str, *values: str) -> Covariates:
    return read_covariates([header], [cells(*values)], ",")


@pytest.mark.parametrize(
    "header",
    [
        "Client name", "client_name", "Phone", "Billing address", "Contact person", "Contact", "Patient", "Client", "Account manager", "Zip code", "Comments",
        "Champion", "Success lead", "Executive sponsor", "Decision maker", "Billing contact",
        "Ansprechpartner", "Vorname", "Nachname", "Kundenname", "Kontakt", "Telefon", "Telefonnummer", "Rechnungsadresse", "Straße", "Geburtsdatum",
        "Nom", "Prénom", "Téléphone", "Adresse", "Contacto", "Nombre", "Apellidos", "Dirección", "Voornaam", "Achternaam", "Telefoonnummer",
    ],
)  # fmt: skip
def test_a_personal_column_is_not_stored_however_few_its_values_are(header: str) -> None:
    found = read(header, *["Ada L.", "Grace H."] * 10)
    assert (found.columns, found.described) == ((), ())
    assert found.notes == (f"not kept, since they point to single customers: {header}",)


@pytest.mark.parametrize("header", ["Besitzer", "imie", "Cognome", "Indirizzo", "login", "twitter", "kontonummer", "id_number", "Efternavn", "Sukunimi"])
def test_a_personal_column_of_further_languages_is_not_stored(header: str) -> None:
    assert read(header, *["Anna Smith", "Bo Berg"] * 10).columns == ()


@pytest.mark.parametrize(
    "values",
    [
        [f"{85010112345 + 7919 * n}" for n in range(40)],
        [f"0170 {1234567 + 31 * n}" for n in range(40)],
        [f"{10000 + 97 * n}" for n in range(40)],
        [f"{n + 1}" for n in range(40)],
        [f"+49 30 {123456 + 17 * n}" for n in range(40)],
    ],
)
def test_numbers_that_only_an_id_has_are_not_stored_whatever_they_are_called(values: list[str]) -> None:
    assert read("x", *values).columns == ()


@pytest.mark.parametrize("values", [[str(n % 7) for n in range(70)], [str(n * n) for n in range(40)], [f"{n * 1.37:.2f}" for n in range(40)]])
def test_other_numbers_are_stored(values: list[str]) -> None:
    assert len(read("x", *values).columns) == 1


def test_last_login_and_a_channel_are_no_person() -> None:
    for header in ("Last login", "Acquired via", "Handle time", "Ad spend", "Market cap"):
        assert [entry["header"] for entry in read(header, *["1", "2"] * 10).described] == [header]


@pytest.mark.parametrize("header", ["Phone", "Date of birth", "Postal code", "IBAN"])
def test_a_personal_column_of_numbers_is_not_stored(header: str) -> None:
    assert read(header, *["1234567", "7654321"] * 10).columns == ()


@pytest.mark.parametrize(
    "header", ["Phone Service", "Plan name", "Contract", "First contact resolution", "Customer Status", "Support contacts", "voice_mail_plan", "Tournament"]
)
def test_what_only_sounds_personal_is_stored(header: str) -> None:
    assert [entry["header"] for entry in read(header, *["Yes", "No"] * 10).described] == [header]


def test_addresses_of_mail_are_not_stored_under_any_name() -> None:
    assert read("Segment", *["small", "a@b.example"] * 10).columns == ()


def test_rare_levels_are_stored_as_blank() -> None:
    ((_, column),) = read("Segment", *["small"] * 10, *["large"] * 10, "Ada Lovelace Ltd", "").columns
    assert column.to_pylist() == ["small"] * 10 + ["large"] * 10 + [None, None]


@pytest.mark.parametrize(
    "values",
    [
        ["a"] * 79 + [f"rare {n}" for n in range(21)],
        [f"level {n % 41}" for n in range(41 * 10)],
        ["a"] * 4,
    ],
)
def test_text_that_too_few_rows_share_is_not_stored_and_told(values: list[str]) -> None:
    found = read("Segment", *values)
    assert found.columns == ()
    assert found.notes == ("not kept, since too few rows share a value (at most 40 values, most of them on 5 rows or more): Segment",)


@pytest.mark.parametrize("values", [["a"] * 80 + [f"rare {n}" for n in range(20)], [f"level {n % 40}" for n in range(40 * 5)]])
def test_text_at_the_limits_is_stored(values: list[str]) -> None:
    assert len(read("Segment", *values).columns) == 1


def test_numbers_are_stored_as_they_are() -> None:
    ((_, column),) = read("Seats", "1", "2", "3").columns
    assert column.to_pylist() == [1, 2, 3]
