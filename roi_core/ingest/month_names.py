"""Names of months in the languages exports are written in, to their numbers; only whole names and usual short forms, never a beginning."""

import unicodedata

_NAMES = (
    "jan january januar janner jaenner janv janvier ene enero gen gennaio janeiro januari tammi tammikuu tammikuuta sty stycznia styczen",
    "feb february februar feber fev fevr fevrier febrero febbraio fevereiro februari helmi helmikuu helmikuuta lut lutego luty",
    "mar march marz maerz mrz mars marzo marco mrt maart marts maalis maaliskuu maaliskuuta marca marzec",
    "apr april avr avril abr abril aprile huhti huhtikuu huhtikuuta kwi kwietnia kwiecien",
    "may mai mayo mag maggio maio mei maj maja touko toukokuu toukokuuta",
    "jun june juni juno juin junio giu giugno junho kesa kesakuu kesakuuta cze czerwca czerwiec",
    "jul july juli julei juil juillet julio lug luglio julho heina heinakuu heinakuuta lipca lipiec",
    "aug august aou aout ago agosto augustus augusti elo elokuu elokuuta sie sierpnia sierpien",
    "sep sept september septembre septiembre setiembre set settembre setembro syys syyskuu syyskuuta wrz wrzesnia wrzesien",
    "oct october okt oktober octobre octubre ott ottobre out outubro loka lokakuu lokakuuta paz pazdziernika pazdziernik",
    "nov november novembre noviembre novembro marras marraskuu marraskuuta",
    "dec december dez dezember decembre dic diciembre dicembre dezembro des desember joulu joulukuu joulukuuta gru grudnia grudzien",
)
"""Without accents. A name that means another month in another language (`listopad`, `srpen`, `jui`) is in none of them."""

_NUMBERS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}


def month_number(text: str) -> int:
    """1 to 12, or 0 where that is no name of a month; case, accents and a closing point do not matter."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(mark))
    return _NUMBERS.get(plain.removesuffix("."), 0)
