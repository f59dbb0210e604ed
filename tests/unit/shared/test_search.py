import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.db.search import normalise


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("عَرِيضَةٌ", "عريضه"),
        ("عـــريضة", "عريضه"),
        ("أحمد", "احمد"),
        ("إنارة", "اناره"),
        ("آيت", "ايت"),
        ("ٱلماء", "الماء"),
        ("مستشفى", "مستشفي"),
        ("تارودانت ٢٠٢٦", "تارودانت 2026"),
        ("أڭادير", "اكادير"),
        ("أگادير", "أكادير"),
        ("ﻻ", "لا"),
        ("Éclairage PUBLIC", "eclairage public"),
        ("cœur d’Aït", "coeur d'ait"),
        ("  deux \t mots\n", "deux mots"),
        ("\u202bعريضة\u202c", "عريضه"),
    ],
)
def test_spellings_of_the_same_word_are_found_by_one_another(written, searched):
    assert normalise(written) == normalise(searched)


def test_the_normalised_form_is_what_the_columns_hold():
    assert normalise("  إِنَارَةُ شارع الحسن ٢  ") == "اناره شارع الحسن 2"


def test_different_words_stay_different():
    assert normalise("ماء") != normalise("سماء")


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)
