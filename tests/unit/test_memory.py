"""A process that reads story after story does not keep them all."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import fabula
from fabula.ask import quiz
from fabula.ask.lines import Line, LineStory
from fabula.language.lexicon import Lexicon
from fabula.language.library import load_library
from fabula.language.state import State
from fabula.model.story import World
from fabula.pipeline import MOST_HELD_OFF

STORY = "The hall is a room. Anna is a woman in the hall.\n\n# One\n\nAnna dances.\n"


def test_stories_are_let_go_of(tmp_path: Path) -> None:
    assert gc.isenabled()
    path = tmp_path / "story.md"
    path.write_text(STORY, encoding="utf-8")
    seen = []
    for _ in range(MOST_HELD_OFF + 1):
        run = fabula.read(path).run()
        seen.append(weakref.ref(run))
        del run
    assert seen[0]() is None


def test_a_played_story_of_questions_goes_without_being_searched_for() -> None:
    """A cycle that holds on to all that a story was read into costs more than to read the story."""
    library = load_library()
    told = ["Ann is a woman", "Ann is in the hall", "Ann took the key", "Ann gave Bob the key"]
    asked = ["Where is Ann?", "Is Bob in the hall?", "Who has the key?", "What color is the key?"]
    lines = [Line(n, text, question=False) for n, text in enumerate(told, 1)]
    lines += [Line(n, text, question=True) for n, text in enumerate(asked, 5)]
    found = quiz.QuizFile("story.txt")
    gc.collect()
    gc.disable()
    try:
        quiz.play(LineStory("story.txt", lines), library, found)
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [one for one in gc.garbage if isinstance(one, State | World | Lexicon)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert [outcome.answer for outcome in found.outcomes][:3] == ["hall", "yes", "Bob"]
    assert left == []
