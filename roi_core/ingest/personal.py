"""Which columns hold something about a person: by the words of their header in many languages, or by their values; and texts without either."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from roi_core.ingest.cells import Cells, mask, matches
from roi_core.ingest.headers import words_of

_EMAIL = r"[^\s@]+@[^\s@]+\.[^\s@]+"
_EMAIL_IN_TEXT = r"[^\s@<>,;()]+@[^\s@<>,;()]+\.[^\s@<>,;()]+"
_PHONE_IN_TEXT = r"(^|[^\w.+#-])(?:\+\d{1,3}[ ()/.-]*\d[\d ()/.-]{4,}\d|\(?0\d{2,4}\)?[ /.-]\d[\d ()/-]{3,}\d|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|0\d{6,}|\d{9,})\b"
_DIGITS_ONLY = r"^\+?[\d][\d ()/-]*$"
_FEWEST, _NEARLY = 20, 0.9
_LONG, _SAME, _LONGEST_NUMBER = 7, 5, 15
_YES_NO = ("yes", "no", "y", "n", "true", "false", "0", "1", "ja", "nein", "oui", "non", "si", "sí", "nee")

_NAMES = (
    r"\w*name|names|nom|prénom|prenom|patronyme|nombres?|apellidos?|\w*naam|nome|cognome|sobrenome|apelido|imi[eę]( i nazwisko)?|nazwisko|"
    r"(för|efter|for|etter|fuld|fullt )?na[mv]n|(etu|suku)nimi|nimi|jm[eé]no|p[rř][ií]jmen[ií]|ad\u0131|soyad|besitzer(in)?|inhaber(in)?|propri[eé]taire|"
    r"propietario|titular|proprietario|proprietário|eigenaar|w[lł]a[sś]ciciel|login name|nick"
)
_REACH = (
    r"e ?mails?|\w*correo|courriel|\w*phone|\w*telefon\w*|téléphone|telephone|teléfono|telefono|telefoon\w*|tel|mobile?( (phone|number|no|nr))?$|\w*handy\w*|"
    r"móvil|celular|mobiel|fax|(contact|key|responsible) (person|name|id|details?|info)|contacto?$|\w*ansprechpartner(in)?|\w*kontakt\w*|contactpersoon|"
    r"interlocuteur|persona de contacto|telefono|cellulare|telemóvel|telemovel|komórka|komorka|puhelin\w*|telefoni|contatto|contato|referente|matkapuhelin"
)
_PLACE = (
    r"\w*address(es)?|\w*adress[ei]n?|adresse|dirección|direccion|domicilio|\w*adres|street|\w*strasse|hausnummer|rue|calle|straat|zip\w*|post ?code|postal|"
    r"plz|postleitzahl|codigo postal|ip|indirizzo|endereço|endereco|morada|ulica|osoite|gatuadress|kod pocztowy|postnummer|postinumero"
)
_PAPERS = (
    r"birth\w*|dob|geburts\w*|naissance|nacimiento|geboorte\w*|ssn|social security|tax id|vat id|steuer ?id|iban|bic|\w*passport|reisepass|passeport|pasaporte|"
    r"paspoort|personalausweis|dni|nie|bsn|kontonummer|konto ?nr|account number|bank account|numero (di )?conto|n[uú]mero de cuenta|rekeningnummer|"
    r"(national |personal |citizen )?id ?(number|no|nr|card)|identity (number|card)|ausweis\w*|codice fiscale|partita iva|cpf|cnpj|pesel|regon|"
    r"personnummer|henkil[oö]tunnus|cpr|rodn[eé] [cč][ií]slo|tc kimlik\w*|aadhaar|pan (number|no)|nhs number|steuernummer|sozialversicherungs\w*|"
    r"data di nascita|data de nascimento|data urodzenia|f[oö]delsedatum|date of birth|(credit |debit )?card (number|no)"
)
_WORDS = r"description|beschreibung|notes?|comments?|remarks?|bemerkung(en)?|notiz(en)?|kommentare?|commentaires?|remarques?|comentarios?|notas?|opmerking(en)?"
_ALONE = (
    r"patient(in)?|paciente|patiënt|client(e|in)?|klient(in)?|kunde|kundin|klant|customer|person|persona|persoon|personne|member|mitglied|user|"
    r"login|user ?id|twitter|instagram|facebook|linkedin|skype|whatsapp|telegram|handle|via|rua|gata|gade|vej|cap|cep|ps[cč]|rg|nif|cif|nip|nino|"
    r"((account|customer|sales|success|customer success|project|support) )?(owner|manager|rep|representative|lead|executive)|"
    r"((executive|internal|our) )?(champion|sponsor|decision ?maker)|(main|primary|billing|technical|key) (user|contact)|"
    r"csm|betreuer(in)?|sachbearbeiter(in)?|employee|mitarbeiter(in)?"
)
_PERSONAL = re.compile(rf"\b({_NAMES}|{_REACH}|{_PLACE}|{_PAPERS}|{_WORDS})\b|^({_ALONE})$")
_OF_A_THING = re.compile(
    r"\b(plan|product|package|tier|segment|industry|region|country|campaign|channel|category|offer|feature|module|brand|tarif|produkt|paket|produit|producto) "
    r"(names?|nom|nombre|naam)$|first contact\b|^(number|count|anzahl) (of )?"
)


def points_to_person(header: str, cells: Cells) -> bool:
    """E-mail addresses, numbers that only an id or a telephone has, or a personal word in the header unless the column says only yes or no."""
    words = words_of(header)
    named = _PERSONAL.search(words) is not None and _OF_A_THING.search(words) is None
    return bool(matches(cells.distinct, _EMAIL).any()) or _numbers_persons(cells) or (named and not _says_yes_or_no(cells))


def masked(texts: pa.StringArray) -> pa.StringArray:
    """Texts with e-mail addresses and telephone numbers taken out of them; a number that stands in a word stays."""
    if not matches(texts, r"@|\d{3}").any():
        return texts
    without = pc.replace_substring_regex(texts, _EMAIL_IN_TEXT, "[e-mail]")
    return pc.replace_substring_regex(without, _PHONE_IN_TEXT, r"\1[number]")


def _numbers_persons(cells: Cells) -> bool:
    """Whole numbers, nearly all different, that are long, of one length, or without a gap from one to the next."""
    if len(cells.distinct) < _FEWEST or len(cells.distinct) < _NEARLY * cells.filled or not matches(cells.distinct, _DIGITS_ONLY).all():
        return False
    digits = pc.replace_substring_regex(cells.distinct, r"\D", "")
    lengths = pc.binary_length(digits)
    shortest, longest = pc.min(lengths).as_py(), pc.max(lengths).as_py()
    if longest > _LONGEST_NUMBER or pc.quantile(lengths, 0.1)[0].as_py() >= _LONG:
        return True
    numbers = digits.cast(pa.int64())
    return bool(shortest == longest >= _SAME) or bool(pc.max(numbers).as_py() - pc.min(numbers).as_py() < len(digits) / _NEARLY)


def _says_yes_or_no(cells: Cells) -> bool:
    return bool(mask(pc.is_in(pc.utf8_lower(cells.distinct), pa.array(_YES_NO))).all())
