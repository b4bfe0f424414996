"""What a picture of minds shows is what people believe, and nothing in it is drawn over anything else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

import fabula
from fabula.draw.irony import ironies
from fabula.draw.knowledge import Knows, Minds, minds_of
from fabula.draw.minds import minds
from fabula.draw.minds_bands import views
from fabula.draw.notable import notable
from fabula.draw.picture import Look
from fabula.engine.running import Run
from fabula.model import formula as f
from tests.unit.draw.boxes import cut_off, overlapping
from tests.unit.draw.conftest import ALONE, EMPTY, NOBODY, ROOT, played


def spells_of(known: Minds) -> list[tuple[f.Formula, str]]:
    cast = known.cast(8)
    facts = notable(known, cast, known.runner.timeline.now, 13)
    return [(fact.formula, person) for fact in facts for person in cast]


def test_each_band_is_what_a_mind_holds_after_each_event(story: Run) -> None:
    known = minds_of(story)
    for formula, person in spells_of(known):
        spells = known.spells(formula, (person,), known.runner.timeline.now)
        dead = known.deaths.get(person)
        for record in known.records:
            if dead is not None and record.ended >= dead:
                break
            last = [s for s in spells if s.time <= record.ended][-1]
            assert last.holds is known.runner.truth(formula, record.ended, (person,))


def test_each_cell_is_what_is_believed_of_the_sentence_over_it(story: Run) -> None:
    known = minds_of(story)
    cast = [p for p in known.cast(8) if p not in known.deaths]
    facts = notable(known, cast, known.runner.timeline.now, 13)
    end = story.state()
    read = 0
    for fact in facts:
        for person in cast:
            try:
                believed = end.believes(story.model.world.things[person].label, fact.words + ".")
            except (ValueError, LookupError):
                continue  # not every sentence of the program is one of the language
            read += 1
            last = known.spells(fact.formula, (person,), known.runner.timeline.now)[-1]
            so = known.real(fact.formula, known.runner.timeline.now)
            if "did:" in str(fact.formula):
                # a sentence means an act by whatever name it goes
                assert believed or last.knows is not Knows.YES
                continue
            assert believed is (last.knows is Knows.YES and so is True), (fact.words, person)
    assert read > len(cast) * len(facts) / 2


def test_a_band_begins_with_the_event_that_changed_it() -> None:
    run = played("desperado")
    spells = views(minds_of(run), run.person("Carolina"), "The man in black is El.", 10**6)
    assert [s.knows for s in spells] == [Knows.NO, Knows.YES]
    assert run.records[spells[1].n - 1].source.text == "Carolina recognises El as the man in black."


def test_the_danger_that_nobody_told_him_of() -> None:
    run = played("desperado")
    known = minds_of(run)
    found = {(i.person, i.other): i for i in ironies(known, run.runner.timeline.now, 20)}
    followed = found["El Mariachi", "Tavo"]
    assert followed.words == "Tavo is following El Mariachi"
    assert followed.end == "finds out"
    assert "unseen by El, follows El" in run.records[followed.since_n - 1].source.text
    assert run.records[followed.until_n - 1].source.text == "El notices Tavo."
    for irony in found.values():
        assert known.deaths.get(irony.person, 10**6) >= irony.until


def test_who_wants_somebody_dead_is_said_as_people_say_it() -> None:
    run = played("desperado")
    said = [i.words for i in ironies(minds_of(run), run.runner.timeline.now, 20)]
    assert "El Mariachi wants Bucho dead" in said
    assert "The patrons want the man in black dead".lower() in [one.lower() for one in said]
    assert not [one for one in said if " that " in one]


def test_who_died_before_knows_nothing_of_it() -> None:
    """The gunman dies at 89, Buscemi at 155: that he then knew him alive is no knowledge of his death."""
    body = minds(played("desperado"), Look()).inline()
    titles = re.findall("<title>(.*?)</title>", body)
    assert "The gunman died before it was so that Buscemi is dead." in titles
    assert "Buscemi is dead (since event 155)." in titles
    assert "The gunman knows that Buscemi is dead (from the beginning)." not in titles
    assert "El Mariachi knows that Buscemi is dead (since event 155)." in titles


def test_whoever_finds_out_did_not_know_before(story: Run) -> None:
    known = minds_of(story)
    for irony in ironies(known, story.runner.timeline.now, 20):
        assert irony.since_n <= irony.until_n
        if irony.end == "killed":
            assert known.n_of(known.deaths[irony.person]) == irony.until_n


@pytest.mark.parametrize("fact", ["The man in black is El.", "Buscemi is dead."])
def test_one_fact_along_time(fact: str) -> None:
    picture = minds(played("desperado"), Look(fact=fact))
    assert not overlapping(picture)
    assert not cut_off(picture)


def test_a_fact_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="zxqv"):
        minds(played("desperado"), Look(fact="The zxqv is El."))


def test_what_one_takes_the_others_to_know() -> None:
    run = played("handkerchief")
    picture = minds(run, Look(eyes="Othello"))
    assert not overlapping(picture)
    assert "Othello takes it that Iago" in picture.inline()


def test_nothing_overlaps_or_is_cut_off(story: Run) -> None:
    picture = minds(story, Look())
    assert not overlapping(picture)
    assert not cut_off(picture)


def test_a_stretch_shows_what_was_known_by_its_end() -> None:
    run = played("desperado")
    whole, early = minds(run, Look()).inline(), minds(run, Look(end=60)).inline()
    assert "is dead" in whole
    assert 'data-event="366"' not in early


def test_the_same_run_again_is_drawn_the_same() -> None:
    path = ROOT / "stories" / "handkerchief"
    first, second = (minds(fabula.read(path).run(), Look()).svg() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("text", [EMPTY, ALONE, NOBODY])
def test_little_to_draw(run_of: Callable[[str], Run], text: str) -> None:
    picture = minds(run_of(text), Look())
    assert "There is nothing on which people differ." in picture.inline()


def test_generated(generated: Run) -> None:
    picture = minds(generated, Look())
    assert not overlapping(picture)
    assert not cut_off(picture)
