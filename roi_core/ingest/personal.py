"""Which columns hold something about a person: by the words of their header in five languages, or by their values."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, mask, matches
from roi_core.ingest.headers import words_of

_EMAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
_YES_NO = ("yes", "no", "y", "n", "true", "false", "0", "1", "ja", "nein", "oui", "non", "si", "sí", "nee")

_NAMES = r"\w*name|names|nom|prénom|prenom|patronyme|nombres?|apellidos?|\w*naam"
_REACH = (
    r"e ?mails?|\w*correo|courriel|\w*phone|\w*telefon\w*|téléphone|telephone|teléfono|telefono|telefoon\w*|tel|mobile?( (phone|number|no|nr))?$|\w*handy\w*|"
    r"móvil|celular|mobiel|fax|(contact|key|responsible) (person|name|id|details?|info)|contacto?$|\w*ansprechpartner(in)?|\w*kontakt\w*|contactpersoon|"
    r"interlocuteur|persona de contacto"
)
_PLACE = (
    r"\w*address(es)?|\w*adress[ei]n?|adresse|dirección|direccion|domicilio|\w*adres|street|\w*strasse|hausnummer|rue|calle|straat|zip\w*|post ?code|postal|"
    r"plz|postleitzahl|codigo postal|ip"
)
_PAPERS = (
    r"birth\w*|dob|geburts\w*|naissance|nacimiento|geboorte\w*|ssn|social security|tax id|vat id|steuer ?id|iban|bic|\w*passport|reisepass|passeport|pasaporte|"
    r"paspoort|personalausweis|dni|nie|bsn"
)
_WORDS = r"description|beschreibung|notes?|comments?|remarks?|bemerkung(en)?|notiz(en)?|kommentare?|commentaires?|remarques?|comentarios?|notas?|opmerking(en)?"
_ALONE = (
    r"patient(in)?|paciente|patiënt|client(e|in)?|klient(in)?|kunde|kundin|klant|customer|person|persona|persoon|personne|member|mitglied|user|"
    r"(account |customer |sales )?(owner|manager|rep|representative)|csm|betreuer(in)?|sachbearbeiter(in)?|employee|mitarbeiter(in)?"
)
_PERSONAL = re.compile(rf"\b({_NAMES}|{_REACH}|{_PLACE}|{_PAPERS}|{_WORDS})\b|^({_ALONE})$")
_OF_A_THING = re.compile(
    r"\b(plan|product|package|tier|segment|industry|region|country|campaign|channel|category|offer|feature|module|brand|tarif|produkt|paket|produit|producto) "
    r"(names?|nom|nombre|naam)$|first contact\b|^(number|count|anzahl) (of )?"
)


def points_to_person(header: str, cells: Cells) -> bool:
    """E-mail addresses, or a personal word in the header unless the column says only yes or no; however few the values are."""
    words = words_of(header)
    named = _PERSONAL.search(words) is not None and _OF_A_THING.search(words) is None
    return bool(matches(cells.distinct, _EMAIL).any()) or (named and not _says_yes_or_no(cells))


def _says_yes_or_no(cells: Cells) -> bool:
    return bool(mask(pc.is_in(pc.utf8_lower(cells.distinct), pa.array(_YES_NO))).all())
