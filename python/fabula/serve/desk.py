"""A story on the writer's desk: its text is run at every change, and everything the page shows is asked of that run."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fabula.draft import Draft
from fabula.problems import TextError
from fabula.serve.finding import messages_of, proposals_of
from fabula.serve.overview import overview

if TYPE_CHECKING:
    from fabula.check.findings import Report
    from fabula.pipeline import Run, Story


class Desk:
    """Answers for the text that `results` was given last; what it gives are messages of web/PROTOCOL.md."""

    def __init__(self, story: str, root: Path) -> None:
        self.name = story
        self.root = root
        self._draft = Draft()
        self._texts: Mapping[str, str] = {}
        self._made: tuple[Story, Run, Report] | None = None
        self._trouble = ""
        self._words: Any = None
        self._tab = ""
        self._facts: tuple[Run, list[str]] | None = None

    def results(
        self, texts: Mapping[str, str], versions: Mapping[str, int], revision: int
    ) -> dict[str, Any]:
        """What is found in a text; a text that cannot be run at all has problems, and no events."""
        start = time.perf_counter()
        self._texts = dict(texts)
        try:
            story, run = self._draft.write(texts)
            self._made = story, run, run.check()
            found = {**overview(*self._made, texts), "facts_known": self._facts_known(run)}
        except TextError as error:
            self._made, self._trouble = None, str(error)
            found = overview(None, None, None, texts)
            found["findings"] = messages_of(error.problems, None, texts)
        if found["words"] == self._words:
            found["words"] = None
        else:
            self._words = found["words"]
        return {
            "type": "results",
            "story": self.name,
            "revision": revision,
            "versions": dict(versions),
            **found,
            "milliseconds": round(1000 * (time.perf_counter() - start)),
        }

    def picture(self, look: Mapping[str, Any]) -> dict[str, Any]:
        """A picture of the last text; raises LookupError for somebody or something that is not there."""
        run, report = self._run()
        self._tab = str(look["tab"])
        picture = run.draw(
            self._tab,
            people=look.get("people") or (),
            start=look.get("start"),
            end=look.get("end"),
            fact=look.get("fact"),
            eyes=look.get("eyes"),
            findings=report.findings,
        )
        drawn = {
            "as": look["tab"],
            "svg": picture.inline(),
            "title": picture.title,
            "description": picture.description,
        }
        if self._tab == "minds":  # now that somebody looks, as they are now
            drawn["facts_known"] = self._facts_known(run)
        return drawn

    def world(self, after: int | None, eyes: Sequence[str]) -> dict[str, Any]:
        """What holds after an event, in the world or in somebody's mind."""
        run, _ = self._run()
        asked = {"after": after, "eyes": list(eyes)}
        try:
            return {**asked, "facts": run.state(after=after, eyes=eyes).lines()}
        except LookupError as error:
            return {**asked, "error": _words_of(error)}

    def ask(self, question: str, after: int | None) -> dict[str, Any]:
        """The answer to a question, or what of it cannot be read."""
        run, _ = self._run()
        try:
            answer = run.ask(question, after=after)
        except TextError as error:
            return {"question": question, "error": "; ".join(p.message for p in error.problems)}
        except LookupError as error:
            return {"question": question, "error": _words_of(error)}
        return {
            "question": question,
            "answer": answer.answer if isinstance(answer.answer, str) else list(answer.answer),
            "because": [
                {"n": g.n, "text": g.text, "file": g.span.file, "line": g.span.line}
                for g in answer.because
            ],
            "certain": answer.certain,
        }

    def repairs(self, finding: int) -> dict[str, Any]:
        """Sentences that would mend a finding, by its place in the last results; it takes some seconds to look for them."""
        run, report = self._run()
        at = finding - len(run.model.problems)
        if not 0 <= at < len(report.findings):
            return {"finding": finding, "repairs": []}
        one = report.findings[at]
        return {
            "finding": finding,
            "repairs": proposals_of(run.repairs(one), one, self._texts),
        }

    def report(self) -> str:
        """The story as one page that needs nothing else."""
        from fabula.report.page import report_of

        if self._made is None:
            raise LookupError(self._trouble or "there is no text yet that can be run")
        return report_of(*self._made, self._texts)

    def _facts_known(self, run: Run) -> list[str]:
        """What minds can be drawn for; worked out anew only while somebody looks at minds, for it takes longer than the rest."""
        if self._facts is None or (self._tab == "minds" and self._facts[0] is not run):
            from fabula.draw.notable import facts_told

            self._facts = run, facts_told(run)
        return self._facts[1]

    def _run(self) -> tuple[Run, Report]:
        if self._made is None:
            raise LookupError(self._trouble or "there is no text yet that can be run")
        return self._made[1], self._made[2]


def _words_of(error: LookupError) -> str:
    return str(error.args[0] if error.args else error)
