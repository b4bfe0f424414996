"""No rule of the library takes the place of another one."""

from __future__ import annotations

import re
from collections import Counter

from fabula.language.library import library_files


def test_every_rule_has_a_name_of_its_own() -> None:
    names = Counter(
        name
        for path in library_files()
        for name in re.findall(r"^To ([a-z ]+):", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert len(names) > 400
    assert [name for name, count in names.items() if count > 1] == []
