"""A story's own verb with many roles in a story with many things."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from fabula import pipeline

VERB = """
To enchant: X enchants Y with Z by G before U.
needs: X is a person; Y is a person; Z is a thing; G is a thing; U is a person.
then: Y is happy.
seen by: who is there.
"""


def test_a_verb_of_five_roles_among_thousands_of_things(tmp_path: Path) -> None:
    """What somebody did is kept with all its roles, however many things there are."""
    syllables = ("ba", "be", "bi", "bo", "bu", "da", "de", "di", "do", "du")
    names = ["".join(some).capitalize() + "n" for some in product(syllables, repeat=4)][:2100]
    crowd = " ".join(f"{name} is a man in the inn." for name in names)
    act = "enchanted Ben with the lamp by the key before Carl"
    path = tmp_path / "story.md"
    path.write_text(
        "# A crowd\n\nThe town is a town. The inn is an inn in the town. Anna is a woman in the inn. "
        "Ben is a man in the inn. Carl is a man in the inn. The lamp is a lamp. Anna has it. "
        f"The key is a key. Anna has it. {crowd}\n{VERB}\n## 1\n\n"
        f"Anna enchants Ben with the lamp by the key before Carl. Ben knows that Anna {act}.\n",
        encoding="utf-8",
    )
    story = pipeline.read(path)
    assert story.problems == ()
    assert story.run().check().findings == ()
