"""One spelling for searching: what is written in several ways, in Arabic or Latin, becomes one."""

from __future__ import annotations

import unicodedata

# Letters that decomposition leaves apart although people write one for the other. The Persian
# and Moroccan forms of kaf stand for the same sound in place names (Agadir has three spellings).
_SAME_LETTER = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ـ": "",
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)


def normalise(text: str) -> str:
    """Return ``text`` as the search columns keep it; normalising twice changes nothing.

    Vowel signs, tatweel, hamza seats, accents and letter case go; every decimal digit becomes
    ASCII; white space becomes one space. Equal results mean "look the same to a searcher" only.
    """
    folded = text
    # Unicode 3.13 (D146): folding case can leave marks to decompose, and the other way round.
    for _ in range(2):
        folded = unicodedata.normalize("NFKD", folded.casefold())
    kept = "".join(map(_bare, folded)).translate(_SAME_LETTER)
    return " ".join(kept.split())


def _bare(sign: str) -> str:
    category = unicodedata.category(sign)
    # Mn are the vowel signs and accents, Cf the invisible marks that steer direction and joining.
    if category in ("Mn", "Cf"):
        return ""
    return str(unicodedata.decimal(sign)) if category == "Nd" else sign
