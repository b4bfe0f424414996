"""Small words that are often written for each other, and those that are often left out."""

# What stands there -> what may have been meant.
MIXED_UP: dict[str, tuple[str, ...]] = {
    "too": ("to",),
    "two": ("to",),
    "of": ("from", "off"),
    "off": ("of",),
    "then": ("than",),
    "than": ("then",),
    "there": ("their",),
    "their": ("there",),
    "whose": ("who is", "who"),
    "whom": ("who",),
    "were": ("where",),
    "where": ("were",),
    "form": ("from",),
    "here": ("her",),
    "is": ("has",),
    "has": ("is",),
    "in": ("on", "at"),
    "on": ("in", "at"),
    "at": ("in", "to"),
    "if": ("whether",),
    "with": ("to",),
    "for": ("to", "of"),
    "though": ("through",),
    "trough": ("through",),
    "dont": ("does not", "do not"),
    "doesnt": ("does not",),
    "didnt": ("did not",),
    "isnt": ("is not",),
    "arent": ("are not",),
    "wasnt": ("was not",),
    "cant": ("cannot",),
    "wont": ("will not",),
    "hasnt": ("has not",),
    "havent": ("have not",),
    "couldnt": ("could not",),
    "wouldnt": ("would not",),
    "alot": ("a lot",),
    "noone": ("nobody",),
    "infront": ("in front",),
}

# What may be missing in front of a word, the likeliest first.
LEFT_OUT = ("to", "the", "a", "that", "on", "with")

# What may be one too many.
TOO_MANY = frozenset("to the a an that is has of for does did will".split())
