"""The verbs about planning problems: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fabula.cli import main
from fabula.formats import sabre
from tests.unit.plan.fake import PROBLEM, STEPS, FakePlanner

Fake = Callable[..., list[FakePlanner]]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs the command in a folder with a problem, and gives its exit code and output."""
    monkeypatch.chdir(tmp_path)
    Path("problem.txt").write_text(PROBLEM, encoding="utf-8")
    Path("broken.txt").write_text("type place\nentity Mill : plaec;\n", encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return command


def test_plan_for_people(planner: Fake, run: Run) -> None:
    planner()
    code, out, err = run("plan", "problem.txt")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "3 steps; the author's utility is 1 (goal: 1)",
        "   1. walk(Tom, Home, Market)",
        "        Tom: from 1 to 2 with this, then pay(Tom, Ann)",
        "   2. rain()",
        "        happens without anybody's doing",
        "   3. pay(Tom, Ann)",
        "        Tom: from 1 to 2 with this alone",
        "        Ann: from 0 to 1 with this alone",
        "",
        "searched: 12 states visited, 345 generated; 0.50 s, 6 MB",
    ]


def test_plan_for_programs(planner: Fake, run: Run) -> None:
    made = planner()
    options = (
        "--goal 2 --author-limit 7 --character-limit 4 --belief-limit 1 --seconds 9 --memory 50"
    )
    code, out, _ = run("plan", "problem.txt", *options.split(), "--shortest", "--format", "json")
    assert code == 0
    found = json.loads(out)
    explanations = found.pop("explanations")
    assert found == {
        "solved": True,
        "utility": 1.0,
        "plan": [STEPS[0], "rain()", STEPS[1]],
        "visited": 12,
        "generated": 345,
        "seconds": 0.5,
        "peak_mb": 6.0,
        "limits": {
            "goal": 2.0,
            "author": 7,
            "character": 4,
            "belief": 1,
            "count": 1,
            "seconds": 9.0,
            "memory_mb": 50,
            "shortest": True,
        },
        "stopped": None,
    }
    assert explanations[0] == {
        "step": 0,
        "character": "Tom",
        "plan": list(STEPS),
        "raises": [1.0, 2.0],
    }
    assert made[0].asked == [(2.0, 7, 4, 1, 1, 9.0, 50, True)]


def test_several_plans(planner: Fake, run: Run) -> None:
    planner(plans=2, stopped="exhausted")
    code, out, _ = run("plan", "problem.txt", "--count", "3", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert [len(plan["plan"]) for plan in found["plans"]] == [3, 3]
    assert found["plan"] == found["plans"][0]["plan"]
    _, out, _ = run("plan", "problem.txt", "--count", "3")
    assert "plan 2: 3 steps" in out
    assert "no more plans: there is no other within the limits" in out


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        (
            "exhausted",
            "there is no plan that reaches 1 with at most 10 actions, 5 in an explanation",
        ),
        ("time", "no plan found before the time was over (goal: 1; at most 10 actions"),
        ("memory", "no plan found before the memory was used up"),
        ("interrupted", "no plan found before it was stopped"),
    ],
)
def test_no_plan(planner: Fake, run: Run, stopped: str, words: str) -> None:
    planner(plans=0, stopped=stopped)
    code, out, _ = run("plan", "problem.txt")
    assert code == 1
    assert words in out
    code, out, _ = run("plan", "problem.txt", "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert (found["solved"], found["utility"], found["plan"]) == (False, None, [])
    assert found["stopped"] == stopped


@pytest.mark.parametrize("verb", [("plan",), ("validate", "plan.json"), ("show", "--formal")])
def test_what_cannot_be_read(run: Run, verb: tuple[str, ...]) -> None:
    Path("plan.json").write_text("[]", encoding="utf-8")
    code, out, err = run(verb[0], "broken.txt", *verb[1:])
    assert (code, out) == (2, "")
    assert 'broken.txt:2:1: after "place" ";" was expected, not "entity" [T501]' in err
    assert 'broken.txt:2:15: there is no type "plaec": did you mean place? [T503]' in err
    assert "  entity Mill : plaec;\n                ^^^^^" in err
    assert run(verb[0], "missing.txt", *verb[1:])[0] == 2


def test_what_cannot_be_read_for_programs(run: Run) -> None:
    code, out, _ = run("plan", "broken.txt", "--format", "json")
    found = json.loads(out)
    assert code == 2
    assert [problem["code"] for problem in found["unread"]] == ["T501", "T503"]


def test_a_story_is_no_problem(run: Run) -> None:
    Path("story.md").write_text("Anna is a woman.\n", encoding="utf-8")
    code, _, err = run("plan", "story.md")
    assert code == 2
    assert "story.md is a story: say what is to come to be" in err
    code, _, err = run("plan", "story.md", "Anna is dead", "--goal", "2")
    assert code == 2
    assert "--goal is for planning problems" in err
    code, _, err = run("plan", "problem.txt", "Anna is dead")
    assert code == 2
    assert "are for stories" in err
    code, _, err = run("validate", "story.md", "plan.json")
    assert code == 2
    assert "story.md is a story, and a planning problem was expected" in err


def test_bad_limits(run: Run) -> None:
    assert run("plan", "problem.txt", "--seconds", "-1")[0] == 2
    assert run("plan", "problem.txt", "--author-limit", "-1")[0] == 2
    assert run("plan", "problem.txt", "--goal", "nan")[0] == 2


def test_a_valid_plan(planner: Fake, run: Run) -> None:
    made = planner()
    run_plan = run("plan", "problem.txt", "--author-limit", "7", "--format", "json")
    Path("plan.json").write_text(run_plan[1], encoding="utf-8")
    code, out, _ = run("validate", "problem.txt", "plan.json")
    assert (code, out) == (0, "a solution, by the definitions\n")
    assert made[-1].asked[0][1:] == (1.0, 7, 5, 2)
    run("validate", "problem.txt", "plan.json", "--goal", "3", "--belief-limit", "0")
    assert made[-1].asked[0][1:] == (3.0, 7, 5, 0)


def test_faults(planner: Fake, run: Run) -> None:
    planner(faults=[(1, "disbelieved", 1)])
    Path("plan.json").write_text(json.dumps(STEPS), encoding="utf-8")
    code, out, _ = run("validate", "problem.txt", "plan.json")
    assert code == 1
    assert out.startswith("step 2: Ann does not believe that pay(Tom, Ann) can happen there")
    code, out, _ = run("validate", "problem.txt", "plan.json", "--format", "json")
    assert code == 1
    (fault,) = json.loads(out)["faults"]
    assert (fault["plan"], fault["step"], fault["character"]) == (1, 1, "Ann")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{",
        "3",
        '"walk"',
        "[1]",
        '["walk Tom"]',
        "{}",
        '{"plan": null}',
        '{"solved": false, "plan": []}',
        '{"plans": [{}]}',
        '{"plan": [], "limits": {"author": "x"}}',
        '{"plan": [], "limits": {"author": -1}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_plan(planner: Fake, run: Run, written: str) -> None:
    planner()
    Path("plan.json").write_text(written, encoding="utf-8")
    code, out, err = run("validate", "problem.txt", "plan.json")
    assert (code, out) == (2, "")
    assert "plan.json" in err
    assert "Traceback" not in err
    assert "fault of Fabula's own" not in err


def test_show_a_problem(run: Run) -> None:
    code, out, _ = run("show", "problem.txt", "--formal")
    assert code == 0
    assert sabre.parse(out) == sabre.parse(PROBLEM)


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from fabula.cli import output, plan

    written: list[str] = []

    class Terminal:
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> Any:
            written.append(text)

        def flush(self) -> None:
            pass

    monkeypatch.setattr("sys.stderr", Terminal())
    show = output.live_line(plan.far)
    assert show is not None
    show(1234, 5678, 9.0)
    output.clear_line()
    assert "1,234 states visited, 5,678 generated, 9 s" in written[0]
    assert written[-1] == "\r\x1b[K"
