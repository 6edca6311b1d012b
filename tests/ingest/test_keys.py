import hashlib
import hmac
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from roi_core.formulas import could_run
from roi_core.ingest.keys import fold_company, fold_domain, fold_email, fold_id, fold_phone, fold_written, folded, keyed_hash, read_keys, vault_entries
from tests.ingest.text_tables import KEY, cells


def test_the_hash_is_the_first_32_digits_of_hmac_sha_256() -> None:
    assert keyed_hash("a@b.example", KEY) == hmac.new(KEY, b"a@b.example", hashlib.sha256).hexdigest()[:32]
    assert keyed_hash("a@b.example", KEY) != keyed_hash("a@b.example", b"other" * 7)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann@Firm.EXAMPLE ", "ann@firm.example"), ("<ann@firm.example>", "mailto:Ann@firm.example"), ("\uff21nn@firm.example", "ann@firm.example")],
)
def test_email_forms_are_one(one: str, other: str) -> None:
    assert fold_email(one) == fold_email(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Caf\u00e9 Ltd.", "CAFE LIMITED"),
        ("Acme, Inc.", "acme"),
        ("M\u00fcller GmbH & Co. KG", "Muller"),
        ("Smith & Sons", "Smith and Sons"),
        ("A-B Corp", "a b"),
        ("O\u2019Neil S.A.", "O'Neil"),
    ],
)
def test_company_forms_are_one(one: str, other: str) -> None:
    assert fold_company(one) == fold_company(other)


def test_companies_that_differ_stay_apart() -> None:
    assert len({fold_company(name) for name in ("Company 1", "Company 2", "Acme", "Acme Group", "Co", "C", "C++", "C#")}) == 8


def test_a_company_as_written_keeps_its_legal_form() -> None:
    assert fold_written(" Delta,  LTD.") == fold_written("Delta Ltd") != fold_written("Delta GmbH")


@pytest.mark.parametrize(
    ("text", "domain"), [("a@gmail.com", ""), ("a@Firm.example", "firm.example"), ("https://www.firm.example/x", "firm.example"), ("nonsense", "")]
)
def test_domains_leave_free_mail_out(text: str, domain: str) -> None:
    assert fold_domain(text) == domain


def test_ids_keep_case_and_leading_zeros_and_lose_the_apostrophe() -> None:
    assert fold_id("'00123") == "00123"
    assert fold_id("17850.0") == fold_id("17850")
    assert len({fold_id(text) for text in ("1", "1.00", "1.5", "v1.0", ".0", "0001")}) == 6
    assert fold_id("0015g00000AbCdE") != fold_id("0015g00000aBcDe")


def test_phones_are_digits() -> None:
    assert fold_phone("+49 (0) 30-123") == fold_phone("0049 030 123") == "49030123"


def test_an_id_that_a_spreadsheet_shortened_is_refused() -> None:
    reading = read_keys(cells("1.03006E+13", "13006"), "customer_id", KEY)
    assert reading.values.to_pylist() == [None, keyed_hash("13006", KEY)]
    assert "spreadsheet" in reading.bad[0]


def test_the_vault_holds_the_first_writing_of_each_key() -> None:
    column = cells("Acme Ltd", "ACME", "Borg")
    entries = vault_entries(column, "company", read_keys(column, "company", KEY).values)
    assert [text for _, _, text in entries] == ["Acme Ltd", "Borg"]


@example("'@A.AC")
@given(st.emails())
def test_an_email_is_one_key_as_id_and_as_email(email: str) -> None:
    assume(not could_run(email))  # such a text is read without the mark that a spreadsheet needs
    assert read_keys(cells(email), "customer_id", KEY).values == read_keys(cells(email), "email", KEY).values


@given(st.text(min_size=1))
def test_folding_twice_changes_nothing(text: str) -> None:
    for fold in (fold_email, fold_company, fold_phone):
        assert fold(fold(text)) == fold(text)


@given(st.lists(st.text("aZ9@.:<>' \t\x1f\u200b\u00c0\uff21", max_size=8), max_size=5), st.binary(min_size=1, max_size=100))
def test_many_addresses_are_hashed_as_each_alone(addresses: list[str], key: bytes) -> None:
    """Lower case at one go, and a hash whose halves are begun once, are those of RFC 2104 on the folded address."""
    texts = [text.strip() for text in addresses if "@" in text and text.strip()]
    read = read_keys(cells(*texts), "email", key).values.to_pylist()
    distinct = cells(*texts).distinct.to_pylist()
    assert read == [keyed_hash(fold_email(text), key) if fold_email(text) else None for text in distinct]


_NEARLY_PLAIN = st.text(st.sampled_from("aAbZ09 .,&/-+#_@:<>'wW\t\u00e9\uff21\u00ad") | st.characters(max_codepoint=0x2FF), max_size=12)
_TELLING = st.sampled_from(
    ["www.firm.example", "https://www.firm.example/x", "Gmail.com", "a@gmail.com", "Firm & Co. Ltd.", "Ltd", "and and", "17850.0", "'007", "A B@c.d", "a..b"]
)


@pytest.mark.parametrize("fold", [fold_email, fold_domain, fold_company, fold_written, fold_id, fold_phone])
@given(texts=st.lists(_NEARLY_PLAIN | _TELLING, max_size=8))
def test_texts_taken_together_are_folded_as_one_by_one(fold: Callable[[str], str], texts: list[str]) -> None:
    assert folded(pa.array(texts, pa.string()), fold) == [fold(text) for text in texts]
