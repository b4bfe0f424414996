"""What a question asks for: the kind of answer, the statement with a gap, in whose mind, and at which moment."""

from __future__ import annotations

from fabula.model.formula import TRUE, Formula, Term
from fabula.records import dataclass


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a noun says happened: "the gunfight", "Ann's death", "the killing of Ben".

    ``scenes``: the numbers of those that are called so; ``acts``: what may be meant, of each list all, the likeliest list first.
    """

    scenes: tuple[int, ...] = ()
    acts: tuple[tuple[Formula, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is asked for.

    ``word``: "" (at the end of what has been told), ``beginning``, ``before``, ``after``, ``when``, ``during``, ``between`` and the like.
    What it is measured by is a place where the one asked about was (``place``), an act (``deed``), what a noun says
    happened (``occasion``) or an event by its number or an id that it cites (``cited``); a second of these for ``between``.
    ``near``: the places that the question itself names.
    """

    word: str = ""
    place: str | None = None
    deed: Formula | None = None
    occasion: Occasion | None = None
    cited: str = ""
    text: str = ""
    other: Moment | None = None
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood.

    ``form``: ``whether``; ``which`` (the things of ``kind`` that make ``formula`` true of ``var``); ``where``
    (``term``, or the place ``var`` of an act); ``kind`` (who or what ``term`` is); ``quality`` (which of the qualities
    named by ``kind`` it has); ``when``, ``why``, ``how``, ``led to``, ``led on`` and ``what if`` (of ``formula``); ``about``
    (what a mind holds of ``term``); ``since`` and ``until`` (something is so); ``from whom`` (it is known); ``wrong`` (who is,
    about ``term``), ``wrong of`` (what one is), ``difference`` (what one knows that ``other`` does not); ``events`` (``kind``:
    by ``term``, to it, at it, or all); ``compared`` (for whom, ``term``, there are ``sort``, such as more or the most, of what makes
    ``formula`` true, than for ``other``; of acts done again and again ``sort`` is ``first`` or ``last``); ``witness`` (who, or whether
    ``term``, saw what ``formula`` says was done), ``there`` (who was where the moment's act was done); ``wants`` (what ``term`` wants); ``way`` (from ``term`` to ``other``).
    ``past``: where it is so no longer, what was so is asked. ``options``: of which of two things it is asked whether they are so
    (``either``), each with its words; ``choices``: those of whom it is asked which. ``once``: what somebody knows to have been so, and need not be so still. ``topic``: what it was about that somebody told. ``since``: the kernel's time after which what was done is asked about ("after the fire"). ``instead``: what is asked where nothing answers this. ``but``: those who are left out of the answer; ``also``: what is asked besides of what was done by it (``when``, ``why``). ``minds`` are whose, from the outside in; ``count``: how many there are is asked, and not which.
    """

    form: str
    text: str
    formula: Formula = TRUE
    var: str = ""
    kind: str = "thing"
    term: Term | None = None
    other: Term | None = None
    minds: tuple[str, ...] = ()
    moment: Moment = Moment()
    count: bool = False
    sort: str = ""
    since: int = 0
    topic: Term | None = None
    once: bool = False
    past: bool = False
    options: tuple[tuple[str, Asked], ...] = ()
    choices: tuple[Term, ...] = ()
    instead: Asked | None = None
    but: tuple[Term, ...] = ()
    also: str = ""
