"""The small words that questions of minds and of events are asked with."""

WRONG = frozenset({"wrong", "mistaken", "deceived", "misled", "misinformed", "fooled"})
"""How somebody is who believes what is not so."""

DECEIVED = WRONG - {"wrong", "mistaken"}
"""Of these who took in what was not so even then, and not who only has not heard what has changed since."""

TOPIC = frozenset({"about", "of", "as"})
"""What stands before that which somebody is wrong about."""

BE = frozenset({"is", "are", "was", "were"})
DO = frozenset({"do", "does", "did"})

HAPPENED = frozenset({"happened", "happens", "occurred", "occurs"})

SEEING = frozenset({"see", "watch", "witness", "observe", "hear", "notice"})
PRESENT = frozenset({"there", "present", "around"})
WHEN_THERE = frozenset({"when", "while", "during", "at", "in"})

BEFORE_ORDER = frozenset({"the", "a", "at", "his", "her", "its", "their", "my", "whose", "which"})
"""What stands before "first" and "last" where they belong to a noun or to "at last"."""

ALL_THERE = frozenset({"everyone", "everybody", "anyone", "anybody", "others"})

HAPPEN = frozenset({"happen", "occur"})

FINDING_OUT: tuple[tuple[str, ...], ...] = (
    ("find", "out"),
    ("come", "to", "know"),
    ("get", "to", "know"),
    ("learn",),
    ("discover",),
    ("realise",),
    ("realize",),
    ("hear",),
)
"""How one comes to know, in the base form: "how did Ann find out that …" asks how she knows it."""

LEARNING = frozenset({"when", "who", "which"})
CLAUSES = frozenset({"that", "who", "what", "where", "whether", "if", "why", "how", "when"})
"""What may follow a verb of knowing."""

LED_TO: tuple[tuple[str, ...], ...] = (
    ("what", "led", "to"),
    ("what", "caused"),
    ("what", "brought", "about"),
)
LEADS_TO: tuple[tuple[str, ...], ...] = (("lead", "to"), ("cause",), ("bring", "about"))

SINCE: tuple[tuple[str, ...], ...] = (
    ("since", "when"),
    ("from", "when", "on"),
    ("for", "how", "long"),
    ("how", "long"),
)
"""Asks when something that is so has come to be so."""

UNTIL: tuple[tuple[str, ...], ...] = (("until", "when"), ("till", "when"))
"""Asks when something has ceased to be so."""

ALONE: tuple[tuple[str, ...], ...] = (("only",), ("nobody", "but"), ("no", "one", "but"))
"""Stands before him who alone knows something."""

THE = frozenset({"the", "these", "those"})

MOST = frozenset({"most"})
FEWER = frozenset({"fewer", "less"})
COMPARED = frozenset({"more"}) | MOST | FEWER
"""Compares how many there are for each."""

TRUE_THAT: tuple[tuple[str, ...], ...] = (
    ("true", "that"),
    ("so", "that"),
    ("the", "case", "that"),
    ("a", "fact", "that"),
    ("correct", "that"),
)
"""Behind "is it": asks whether what follows is so."""

WHY: tuple[tuple[str, ...], ...] = (
    ("how", "come"),
    ("for", "what", "reason"),
    ("for", "which", "reason"),
    ("what", "for"),
)

ANYBODY = frozenset({"one", "you", "we", "i", "somebody", "someone", "anybody", "anyone"})
"""Who finds something where it is."""

WHEREABOUTS = frozenset({"whereabouts", "location", "position"})
KIND = frozenset({"kind", "sort", "type"})

HOW_OFTEN: tuple[tuple[str, ...], ...] = (("how", "many", "times"), ("how", "often"))

BESIDES: tuple[tuple[str, ...], ...] = (
    ("besides",),
    ("beside",),
    ("except",),
    ("but",),
    ("other", "than"),
    ("apart", "from"),
    ("aside", "from"),
    ("except", "for"),
)
"""Stands before those who are left out."""

ALSO_ASKED = frozenset({"when", "where", "why", "how"})
"""What may be asked of the answer of a question behind "and"."""

ANYONE = frozenset({"anybody", "anyone", "somebody", "someone"})

TRULY = frozenset({"really", "actually", "truly"})

IN_MIND: tuple[tuple[str, ...], ...] = (("according", "to"), ("in", "the", "opinion", "of"))
"""Stands before him as who takes it what is asked is meant."""
