"""A word that gets a new meaning is read with it, however it was read before."""

from __future__ import annotations

from fabula.language.lexicon import Adjective, Frame, Lexicon
from fabula.language.library import load_library


def test_a_new_meaning_is_found_after_a_look() -> None:
    lexicon = Lexicon()
    assert lexicon.entry(("Glorb",)) is None
    assert lexicon.entry(("glorb",)) is None
    lexicon.add_noun(("glorb",), "glorb", ("glorbs",))
    for words in (("Glorb",), ("glorb",)):
        entry = lexicon.entry(words)
        assert entry is not None
        assert entry.noun == "glorb"
    lexicon.add_name(("Glorb",), "him")
    lexicon.add_adjective(("glorb",), Adjective("glorby"))
    entry = lexicon.entry(("Glorb",))
    assert entry is not None
    assert entry.name == "him"
    assert entry.adjectives


def test_every_form_of_a_new_verb_is_found_after_a_look() -> None:
    lexicon = Lexicon()
    forms = ("glorb", "glorbs", "glorbed", "glorbing")
    assert [lexicon.entry((form,)) for form in forms] == [None] * 4
    lexicon.add_frame(Frame("glorb", "X", ()))
    for form in forms:
        entry = lexicon.entry((form,))
        assert entry is not None
        assert entry.verbs


def test_a_name_can_be_taken_away_and_given_again() -> None:
    lexicon = Lexicon()
    lexicon.add_name(("Finch",), "Dora")
    assert lexicon.entry(("Finch",)) is not None
    lexicon.drop_name(("Finch",))
    assert lexicon.entry(("Finch",)) is None
    lexicon.add_name(("Finch",), "Rob")
    entry = lexicon.entry(("Finch",))
    assert entry is not None
    assert entry.name == "Rob"


def test_a_small_word_is_no_noun_though_a_plural_is_spelt_like_it() -> None:
    """ "Which guns does she have?": no deer is spoken of, though there is a doe."""
    lexicon = load_library().lexicon
    entry = lexicon.entry(("does",))
    assert ("does",) in lexicon.nouns
    assert entry is None or entry.noun is None
