"""Nouns of what happens, and what comes of how somebody is: the library's words for them are words that are known."""

from __future__ import annotations

from fabula.language.library import load_library


def test_what_a_noun_is_an_event_of_is_done_with_a_verb() -> None:
    lexicon = load_library().lexicon
    assert lexicon.events["death"] == ("dying",)
    for noun, gerunds in lexicon.events.items():
        verbs = [v for word in gerunds for v, form in lexicon.verbs.get(word, ()) if form == "ing"]
        assert verbs, noun


def test_what_something_comes_of_is_a_state_and_it_an_act() -> None:
    state = load_library()
    assert "wounded" in state.lexicon.comes_of["die"]
    for action, words in state.lexicon.comes_of.items():
        assert action in state.world.actions
        for word in words:
            assert tuple(word.split(" ")) in state.lexicon.adjectives, (action, word)


def test_a_rule_means_the_act_that_fits_its_letters() -> None:
    """ "X wounded Y" of a rule about people is no wound of an arm."""
    effects = load_library().world.actions["shoot in"].effects
    assert any(getattr(effect, "fluent", "") == "did:wound" for effect in effects)
