"""Every arrow is a cause that the kernel knows of, and nothing in the picture is drawn over anything else."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

import fabula
from fabula.draw.causation import Causation, causation_of
from fabula.draw.causes import causes
from fabula.draw.causes_rows import MOST_IN_ROW, layers_of
from fabula.draw.layers import _crossings, arranged
from fabula.draw.motivation import contents_of, doer_of
from fabula.draw.picture import Look
from fabula.draw.weighty import plot
from fabula.engine.running import Run
from tests.unit.draw.boxes import cut_off, overlapping
from tests.unit.draw.conftest import ALONE, EMPTY, NOBODY, ROOT, played


def made_by(run: Run, source: int, target: int) -> bool:
    """Whether anything that an event made so, in the world or a mind, still stood before another one."""
    timeline = run.runner.timeline
    one, other = run.records[source - 1], run.records[target - 1]
    doer = doer_of(run, other)
    for chain in ([], *([[run.runner.number(doer)]] if doer else [])):
        for time in range(one.before + 1, one.ended + 1):
            for fluent, args, _, _ in timeline.changes(time, chain):
                if timeline.cause(other.before, chain, fluent, args) == time:
                    return True
    return False


def test_every_link_is_a_cause(story: Run) -> None:
    found = causation_of(story)
    for into in found.links.values():
        for link in into:
            assert link.source < link.target
            if link.words == "as he was told":
                doer = doer_of(story, story.records[link.target - 1])
                told = contents_of(story, story.records[link.source - 1])
                assert doer in [content.agent for content in told]
            else:
                assert made_by(story, link.source, link.target), link


def test_every_arrow_is_a_link_or_a_way_of_links(story: Run) -> None:
    found = causation_of(story)
    links = {(link.source, link.target) for into in found.links.values() for link in into}
    shown = plot(found, Look())
    numbers = [r.n for r in shown.events]
    for arrow in shown.arrows:
        way = (arrow.source, *arrow.through, arrow.target)
        assert all(pair in links for pair in pairwise(way))
        assert arrow.source in numbers
        assert arrow.target in numbers
        assert not set(arrow.through) & set(numbers)


def test_the_chain_leads_to_the_ending(story: Run) -> None:
    found = causation_of(story)
    shown = plot(found, Look())
    links = {(link.source, link.target) for into in found.links.values() for link in into}
    assert all(pair in links for pair in pairwise(shown.chain))
    assert set(pairwise(shown.chain)) <= {(a.source, a.target) for a in shown.arrows}


def test_the_reasons_of_the_flagship() -> None:
    run = played("desperado")
    found = causation_of(run)
    text = {r.source.text: r.n for r in run.records}
    shot = text["El shoots Bucho dead with the right pistol to save Carolina."]
    aimed = text["Bucho aims the silver pistol at Carolina."]
    reasons = {link.source: link.words for link in found.links[shot] if link.reason}
    assert "Bucho is threatening Carolina" in reasons[aimed] or "threatens" in reasons[aimed]
    shown = plot(found, Look())
    assert shown.chain[-1] == shot
    assert shown.deaths[shot] == ["Bucho"]


LIAR = """# The ring

The hall is a hall. Ann is a woman in the hall. Ben is a man in the hall. Carla is a woman in the hall.
Ben has a ring. Carla has a knife.

# Day

Ben lies to Carla that Ann has the ring.
Ann tells Carla that Ben has the ring.
Carla hates Ann because Ann has the ring.
Carla is angry with Ben because Ben lied.
Carla wounds Ben because she is angry with him.
Carla wounds Ben.
"""


def test_a_reason_given_with_a_feeling_leads_on(run_of: Callable[[str], Run]) -> None:
    run = run_of(LIAR)
    assert not run.model.problems
    found = causation_of(run)
    lie, wound = 1, 3
    reason = next(link for link in found.links[wound] if link.source == lie)
    assert reason.reason
    assert "angry with Ben, because Ben lied" in reason.words
    assert plot(found, Look()).chain[:2] == [lie, wound]


def test_a_reason_that_is_only_believed_leads_to_the_lie() -> None:
    run = played("handkerchief")
    text = {r.source.text: r.n for r in run.records}
    killed = text["Othello kills Desdemona because he is angry with her."]
    lie = text["Iago lies to Othello that Desdemona is not faithful."]
    assert lie in {link.source for link in causation_of(run).links[killed] if link.reason}
    assert lie in plot(causation_of(run), Look()).chain


def test_an_act_that_leaves_a_role_out_has_its_needs(run_of: Callable[[str], Run]) -> None:
    """Nobody says with what he shoots; that both have to be there is a need all the same."""
    run = run_of(
        "# Inn\n\nThe hall is a hall. The yard is a yard. Ann is a woman in the hall. Ben is a man in the hall.\n"
        "\n# Day\n\nBen goes to the yard.\nAnn goes to the yard.\nAnn shoots Ben.\n"
    )
    assert {link.source for link in causation_of(run).links[3]} == {1, 2}


def test_short_scenes_share_a_row_and_rows_are_in_the_order_of_time(story: Run) -> None:
    shown = plot(causation_of(story), Look())
    row = layers_of(shown)
    events = [r.n for r in shown.events]
    assert [row[n] for n in events] == sorted(row[n] for n in events)
    assert all(row[a.source] < row[a.target] for a in shown.arrows)
    for at in set(row.values()):
        here = [r for r in shown.events if row[r.n] == at]
        assert len(here) <= MOST_IN_ROW


def test_the_flagships_picture_can_be_hung_up() -> None:
    run = played("desperado")
    picture = causes(run, Look(findings=run.check().findings))  # type: ignore[attr-defined]
    assert picture.height <= 1.55 * picture.width
    body = picture.inline()
    assert "The church" in body
    assert "El shoots Bucho dead" in body


def test_what_is_left_still_holds(story: Run) -> None:
    found = Causation(story)
    facts = set(story.state().lines())
    for said in found.left.values():
        for words in said:
            assert words[:1].upper() + words[1:] + "." in facts


def test_findings_are_broken_links() -> None:
    path = ROOT / "stories" / "broken" / "acts-after-death.md"
    run = fabula.read(path).run()
    findings = run.check().findings
    assert findings
    drawn = causes(run, Look(findings=findings)).inline()
    shown = plot(causation_of(run), Look(findings=findings))
    row = layers_of(shown, findings)
    for finding in findings:
        assert all(row[r.n] < row[finding.event.n] for r in finding.because if r.n in row)
    for at, finding in enumerate(findings):
        assert f'data-finding="{at}"' in drawn
        assert finding.message in drawn
    assert "data-finding" not in causes(run, Look()).inline()


def test_nothing_overlaps_or_is_cut_off(story: Run) -> None:
    picture = causes(story, Look(findings=story.check().findings))  # type: ignore[attr-defined]
    assert not overlapping(picture)
    assert not cut_off(picture)


def test_generated(generated: Run) -> None:
    picture = causes(generated, Look())
    assert not overlapping(picture)
    assert not cut_off(picture)


def test_a_stretch_and_people() -> None:
    shown = plot(causation_of(played("desperado")), Look(start=50, end=100, people=("Tavo",)))
    assert shown.events
    for record in shown.events:
        assert 50 <= record.n <= 100
        assert any("Tavo" in args for _, args in record.groundings)


@pytest.mark.parametrize("seed", range(20))
def test_layers_keep_their_distances_and_lose_crossings(seed: int) -> None:
    dice = random.Random(seed)
    layer_of = {n: n // 4 for n in range(24)}
    edges = [
        (a, b) for a in range(24) for b in range(24) if a // 4 < b // 4 and dice.random() < 0.05
    ]
    found = arranged(layer_of, edges, 0, 1400, 180, 20, 10)
    for layer in found.layers:
        for one, other in pairwise(layer):
            both = one[0] == other[0] == "node"
            least = (90 if one[0] == "node" else 0) + (90 if other[0] == "node" else 0)
            assert found.x[other] - found.x[one] >= least + (20 if both else 10) - 1e-6
    down: dict[object, list[object]] = {}
    for route in found.routes:
        for a, b in pairwise(route):
            down.setdefault(a, []).append(b)
    plain = [sorted(layer) for layer in found.layers]
    assert _crossings(found.layers, down) <= _crossings(plain, down)  # type: ignore[arg-type]


def test_the_same_run_again_is_drawn_the_same() -> None:
    path = ROOT / "stories" / "locked-room"
    first, second = (causes(fabula.read(path).run(), Look()).svg() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("text", [EMPTY, ALONE, NOBODY])
def test_little_to_draw(run_of: Callable[[str], Run], text: str) -> None:
    run = run_of(text)
    said = "Nothing happens in this story yet." in causes(run, Look()).inline()
    assert said is not bool(run.records)
