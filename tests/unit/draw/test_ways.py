"""The picture of the ways: what is drawn of a story, where, and that nothing lies upon something else."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import fabula
from fabula.draw.measure import text_width
from fabula.draw.picture import Look, Picture
from fabula.draw.theme import stylesheet
from fabula.draw.ways import ways
from fabula.draw.ways_layout import layers_of
from fabula.draw.ways_order import ordered
from fabula.draw.ways_story import ways_of
from fabula.pipeline import Run

STORIES = Path(__file__).resolve().parents[3] / "stories"
SVG = "{http://www.w3.org/2000/svg}"
INN = """\
# The inn

The inn is an inn. The kitchen is a kitchen in the inn. The yard is a yard.
Anna is a woman in the yard. Ben is a man in the kitchen. Carl is a man in the yard.
The guests are a group of people in the yard. Anna has a knife. Rita is a woman.

# The evening

Anna goes to the kitchen.
Anna meets Ben.
The guests see Carl.
Carl goes to the kitchen.
Anna wounds Carl with the knife.
Ben sees Carl.
The guests sing.

# The night

Anna kills Carl with the knife.
Anna goes to the yard.
Ben goes to the yard.
Anna sees Ben.
"""


@cache
def story(name: str) -> Run:
    return fabula.read(STORIES / name).run()


@pytest.fixture
def inn(tmp_path: Path) -> Run:
    path = tmp_path / "inn.md"
    path.write_text(INN, encoding="utf-8")
    read = fabula.read(path)
    assert [str(problem) for problem in read.problems] == []
    return read.run()


def root_of(picture: Picture) -> ET.Element:
    return ET.fromstring(picture.svg("light"))


def people_of(root: ET.Element) -> list[str]:
    return [e.attrib["data-person"] for e in root.iter() if "data-person" in e.attrib]


def titles_of(root: ET.Element) -> list[str]:
    return [e.text or "" for e in root.iter(f"{SVG}title")]


def test_who_is_where(inn: Run) -> None:
    found = ways_of(inn, Look())
    stops = {
        one: list(dict.fromkeys(s.stays[one].place for s in found.steps if one in s.stays))
        for one in found.people
    }
    assert stops == {
        "Anna": ["kitchen", "yard"],
        "Ben": ["kitchen", "yard"],
        "guests": ["yard"],
        "Carl": ["yard", "kitchen"],
    }
    assert found.deaths == {"Carl": 8}
    assert ("Carl", 5) in found.wounds
    assert found.steps[0].stays["Anna"].house == "inn"


def test_a_second_wound_is_marked_too(tmp_path: Path) -> None:
    path = tmp_path / "duel.md"
    path.write_text(
        "# Duel\n\nThe yard is a yard. Ann is a woman in the yard. Ben is a man in the yard. Ben has an arm.\n"
        "\n# Day\n\nAnn shoots Ben.\nAnn sees Ben.\nAnn shoots Ben in the arm.\nAnn tries to wound Ben.\nAnn wounds Ben.\n",
        encoding="utf-8",
    )
    run = fabula.read(path).run()
    assert not run.model.problems
    assert ways_of(run, Look()).wounds == [("Ben", 1), ("Ben", 3), ("Ben", 5)]
    titles = titles_of(root_of(run.draw()))
    marks = [e for e in root_of(run.draw()).iter(f"{SVG}path") if "wound" in (e.get("class") or "")]
    places = sorted(float(re.findall(r"[\d.]+", e.attrib["transform"])[0]) for e in marks[:3])
    assert all(b - a >= 11.9 for a, b in itertools.pairwise(places))
    assert [f"Ben is wounded (event {n})" in titles for n in (1, 2, 3, 4, 5)] == [
        True, False, True, False, True,
    ]  # fmt: skip


def test_a_place_that_bends_away_is_named_again() -> None:
    root = root_of(story("handkerchief").draw())
    shapes = [e for e in root.iter(f"{SVG}path") if e.get("data-place") == "garden"]
    names = [
        (float(e.attrib["x"]), float(e.attrib["y"]))
        for e in root.iter(f"{SVG}text")
        if e.text == "garden"
    ]
    assert len(names) > len(shapes)
    heights = [y for _, y in sorted(names)]
    assert all(a != b for a, b in itertools.pairwise(heights[:2]))


def test_what_is_drawn(inn: Run) -> None:
    root = root_of(inn.draw())
    assert set(people_of(root)) >= {"Anna", "Ben", "Carl"}
    assert "Rita" not in people_of(root)
    titles = titles_of(root)
    assert "Carl is wounded (event 5)" in titles
    assert "Carl dies (event 8)" in titles
    assert "Carl goes to the kitchen (event 4)" in titles
    assert "8. Anna kills Carl with the knife." in titles
    scenes = [e.attrib["data-scene"] for e in root.iter() if "data-scene" in e.attrib]
    assert scenes == ["2", "3"]
    events = {int(e.attrib["data-event"]) for e in root.iter() if "data-event" in e.attrib}
    assert events == set(range(1, 12))


def test_who_is_dead_has_no_line(inn: Run) -> None:
    found = ways_of(inn, Look())
    for step in found.steps:
        if step.first > 8:
            assert "Carl" not in step.stays


def test_only_some_people_and_events(inn: Run) -> None:
    root = root_of(inn.draw(people=["Anna", "Carl"]))
    assert sorted(people_of(root)) == ["Anna", "Carl"]
    root = root_of(inn.draw(start=9, end=10))
    ticks = [e for e in root.iter() if e.get("class") == "tick"]
    assert [e.attrib["data-event"] for e in ticks] == ["9", "10"]
    assert "Carl" not in people_of(root)


def test_findings_are_marked() -> None:
    run = story("broken/acts-after-death.md")
    root = root_of(run.draw())
    marked = [e for e in root.iter() if "data-finding" in e.attrib]
    assert [e.attrib["data-finding"] for e in marked] == [
        str(at) for at in range(len(run.check().findings))
    ]
    assert run.check().findings[0].message in " ".join(titles_of(root))


def test_an_empty_story_has_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "empty.md"
    path.write_text("# Nothing & nobody\n\nAnna is a woman.\n", encoding="utf-8")
    picture = fabula.read(path).run().draw()
    assert "Nobody goes anywhere" in picture.svg()
    ET.fromstring(picture.svg())


def test_people_who_only_act_in_the_film_are_not_drawn() -> None:
    names = " ".join(people_of(root_of(story("desperado").draw())))
    for actor in ("Banderas", "Hayek", "Rodriguez", "Tarantino"):
        assert actor not in names


def test_a_part_of_a_group_is_the_group() -> None:
    found = ways_of(story("desperado"), Look())
    assert "patrons" in found.people
    assert not [one for one in found.people if "rest of" in one or "several" in one]
    assert found.deaths["patrons"] == 71
    assert ("patrons", 66) in found.losses


Box = tuple[float, float, float, float, str]


def boxes(root: ET.Element) -> list[Box]:
    """Every text with its place on the page: left, top, right, bottom."""
    found: list[Box] = []

    def walk(element: ET.Element, dx: float, dy: float) -> None:
        move = re.match(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
        if move:
            dx, dy = dx + float(move[1]), dy + float(move[2])
        if element.tag == f"{SVG}text":
            kind = element.get("class", "").split()
            usual = 34 if "display" in kind else 10 if "small" in kind else 12
            size = float(element.get("font-size", usual))
            strong = "strong" in kind or "display" in kind
            x, y = float(element.attrib["x"]) + dx, float(element.attrib["y"]) + dy
            text = element.text or ""
            # what letters without accents cover: from the height of capitals to the line they stand on
            found.append((x, y - 0.66 * size, x + text_width(text, size, strong), y, text))
        for inner in element:
            walk(inner, dx, dy)

    walk(root, 0, 0)
    return found


@pytest.mark.parametrize("name", ["desperado", "handkerchief", "locked-room", "wolf", "gifts"])
def test_no_text_lies_upon_another(name: str) -> None:
    picture = story(name).draw()
    found = boxes(root_of(picture))
    assert len(found) > 8
    for at, (left, top, right, bottom, text) in enumerate(found):
        assert left >= 0
        assert right <= picture.width, text
        assert 0 <= top < bottom <= picture.height, text
        for other in found[at + 1 :]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, (text, other[4])


@pytest.mark.parametrize(
    ("before", "more"),
    [
        ("Othello mourns Desdemona.", "Emilia mourns Desdemona."),
        ("Iago goes to the hall.", "Iago waits."),
        ("Cassio takes the handkerchief.", "Cassio sees the handkerchief."),
    ],
)
def test_one_event_more_reshuffles_nothing(before: str, more: str, tmp_path: Path) -> None:
    """Whoever runs above somebody in a scene still does."""
    text = (STORIES / "handkerchief" / "story.md").read_text(encoding="utf-8")
    assert text.count(before) == 1
    drawn = []
    for version in (text, text.replace(before, f"{before}\n{more}")):
        path = tmp_path / "story.md"
        path.write_text(version, encoding="utf-8")
        found = ways_of(fabula.read(path).run(), Look())
        orders = ordered(layers_of(found))
        drawn.append([(s.scene, order) for s, order in zip(found.steps, orders, strict=True)])
    assert drawn[0] == drawn[1]


def test_the_style_is_of_pictures_alone() -> None:
    for scheme in ("light", "dark", "auto"):
        rules = re.sub(r"@media[^{]*\{(.*)\}", r"\1", stylesheet(scheme), flags=re.DOTALL)
        selectors = [rule.strip() for rule in re.findall(r"([^{}]+)\{[^{}]*\}", rules)]
        assert len(selectors) > 50
        assert all(selector.startswith(".fabula-picture") for selector in selectors)


def test_text_takes_the_same_room_in_any_font() -> None:
    root = root_of(story("wolf").draw())
    widths = {e.text: float(e.get("textLength", "0")) for e in root.iter(f"{SVG}text")}
    assert widths["grandmother"] == pytest.approx(text_width("grandmother", 13, True), abs=0.1)
    assert widths["The wolf in the bed"] == pytest.approx(
        text_width("The wolf in the bed", 34, True), abs=0.1
    )


def test_the_same_every_time_and_none_of_it_a_style() -> None:
    run = story("handkerchief")
    assert ways(run, Look()).svg() == ways(run, Look()).svg()
    assert "style=" not in ways(run, Look()).inline()
    assert "<style" not in ways(run, Look()).inline()


def test_files_of_other_kinds() -> None:
    picture = story("wolf").draw()
    png = picture.png()
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == round(2 * picture.width)
    assert len(png) > 10_000
    page = picture.html("dark")
    assert page.startswith("<!doctype html>")
    assert "<title>The wolf in the bed: the ways</title>" in page


def test_a_notebook_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "odd.md"
    path.write_text(
        '# Cats & "dogs"\n\nAnna is a woman. Ben is a man.\n\n# One\n\nAnna kills Ben.\nBen sees Anna.\n',
        encoding="utf-8",
    )
    html = fabula.read(path).run()._repr_html_()
    assert "<h3>Cats &amp; &quot;dogs&quot;</h3>" in html
    assert "<svg" in html
    assert "2 events, 0 facts, 1 finding" in html
    ET.fromstring(html)
