"""Problems with something broken in them, and problems made at random, never crash or hang the reader."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

import fabula
from fabula.engine.formal import formal
from fabula.formats import sabre
from fabula.formats.sabre.tokens import tokens
from fabula.model import formula as f
from fabula.model.planning import PlanningProblem
from fabula.problems import TextError
from tests.property.random_problems import random_problem
from tests.unit.formats.test_fence import RULE, STORY

HARBOUR = Path(__file__).parents[1] / "problems" / "harbour.txt"
MUTATIONS = 1_000
BATCH = 100
LONGEST = 5.0
"""Seconds of processor time: what else the machine does is no hang."""
RANDOM_PROBLEMS = 200
FENCES = 60
NOISE = (
    *"(){}[];:,.=!&|?+-*/<>\"'#$\\\t\n\0é",
    *("if", "else", "elseif", "forall", "exists", "sum", "believes", "type", "action", "effect"),
    *("==", "/*", "*/", "//", "True", "1", "99999999999999999999", "1e9", "place", "boolean", "x"),
)


def mutated(dice: random.Random, text: str) -> str:
    """The text with tokens taken out, doubled, swapped, replaced or made noise, or cut off."""
    found = [token for token in tokens(text, "")[0] if token.kind != "end"]
    pieces: list[str] = []
    at = 0
    for token in found:
        pieces += [text[at : token.start], token.text]
        at = token.start + len(token.text)
    for _ in range(dice.randint(1, 4)):
        here, there = dice.randrange(len(found)) * 2 + 1, dice.randrange(len(found)) * 2 + 1
        change = dice.randrange(7)
        if change == 0:
            pieces[here] = ""
        elif change == 1:
            pieces[here] += f" {pieces[here]}"
        elif change == 2:
            pieces[here], pieces[there] = pieces[there], pieces[here]
        elif change == 3:
            pieces[here] = pieces[there]
        elif change == 4:
            cut = dice.randint(0, len(pieces[here]))
            pieces[here] = pieces[here][:cut] + dice.choice(NOISE) + pieces[here][cut:]
        elif change == 5:
            pieces[here] = pieces[here] * dice.choice((2, 50))
        else:
            pieces = pieces[: here + 1]
            found = found[: (here + 1) // 2]
    return "".join(pieces)


def read(text: str) -> PlanningProblem | None:
    """The problem, or None where it was refused as it should be; a refusal has a place in the text for each slip."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    try:
        problem = sabre.parse(text, "broken.txt")
    except TextError as error:
        assert error.problems
        for one in error.problems:
            assert one.span.file == "broken.txt", one
            assert 1 <= one.span.line <= len(lines), one
            assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1, one
        assert len(set(map(str, error.problems))) == len(error.problems)
        return None
    return problem


@pytest.mark.parametrize("batch", range(MUTATIONS // BATCH))
def test_what_is_broken_is_read_or_refused(batch: int) -> None:
    whole = HARBOUR.read_text(encoding="utf-8")
    refused = 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        text = mutated(random.Random(seed), whole)
        start = time.process_time()
        problem = read(text)
        refused += problem is None
        if problem is not None:
            written = sabre.write(problem)
            assert sabre.parse(written) == problem, f"seed {seed}"
            assert sabre.write(sabre.parse(written)) == written, f"seed {seed}"
            try:
                formal(problem).universe()
            except TextError as error:  # what clashes, or never comes to rest, shows only then
                assert error.problems
        assert time.process_time() - start < LONGEST, f"seed {seed} took too long"
    assert refused > BATCH // 3


@pytest.mark.parametrize("seed", range(FENCES))
def test_a_broken_fence_is_a_problem_of_the_story(seed: int, tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    fence = mutated(random.Random(seed), RULE).replace("```", "")
    path.write_text(STORY.replace("FENCE", fence), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").split("\n")
    start = time.process_time()
    story = fabula.read(path)
    assert all(1 <= problem.span.line <= len(lines) for problem in story.problems)
    try:
        story.run().check()
        sabre.parse(story.formal())
    except TextError as error:  # triggers that never come to rest show only then
        assert all(problem.code == "T403" for problem in error.problems), error
    assert time.process_time() - start < 2 * LONGEST


def test_what_is_not_broken_has_every_construct() -> None:
    problem = read(HARBOUR.read_text(encoding="utf-8"))
    assert problem is not None
    found = repr(problem)
    for node in (f.Arith, f.Total, f.Choice, f.Believed, f.Believes, f.Truth, f.Exists, f.IsKind):
        assert f"{node.__name__}(" in found, node
    for effect in (f.Assign, f.If, f.Each):
        assert f"{effect.__name__}(" in found, effect


@pytest.mark.parametrize(
    "text", ["(" * 5_000, "!" * 5_000, "utility(): " + "-" * 5_000, "if(" * 5_000]
)
def test_depth_is_a_problem_and_no_crash(text: str) -> None:
    assert read(f"entity A : character;\nproperty p() : boolean;\n{text}p();\n") is None
    assert read(f"property p() : boolean;\nutility(): {text}1;\n") is None


def test_what_is_long_is_read_written_and_compiled_or_refused() -> None:
    utility = " + ".join(["1"] * 300)
    problem = read(f"utility(): {utility};")
    assert problem is not None
    assert sabre.parse(sabre.write(problem)) == problem
    universe = formal(problem).universe()
    assert universe.utility(universe.initial(), None) == 300.0
    assert read(f"utility(): {utility} + 1;") is None
    parts = " & ".join(["p()"] * 5_000)
    assert read(f"property p() : boolean;\nutility(): {parts};") is not None


@pytest.mark.parametrize("seed", range(RANDOM_PROBLEMS))
def test_what_is_written_is_read_again(seed: int) -> None:
    problem = random_problem(random.Random(seed))
    written = sabre.write(problem)
    again = sabre.parse(written)
    assert again == problem, written
    assert sabre.write(again) == written
