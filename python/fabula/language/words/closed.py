"""Closed-class words: the small words that hold sentences together."""

# A pronoun with its gender or "p" for several, and the places in which it stands.
PRONOUNS: dict[str, tuple[str, str]] = {
    "he": ("m", "subject"),
    "him": ("m", "object"),
    "his": ("m", "owner"),
    "she": ("f", "subject"),
    "her": ("f", "object/owner"),
    "it": ("n", "subject"),
    "its": ("n", "owner"),
    "they": ("p", "subject"),
    "them": ("p", "object"),
    "their": ("p", "owner"),
    "himself": ("m", "reflexive"),
    "herself": ("f", "reflexive"),
    "itself": ("n", "reflexive"),
    "themselves": ("p", "reflexive"),
    "hers": ("f", "owner"),
    "theirs": ("p", "owner"),
}
# Of these no story is told: it speaks of others.
FIRST_AND_SECOND = frozenset(
    "i me my myself we us our ours ourselves you your yours yourself".split()
)
# Pronouns that may stand for what was said or has happened.
CLAUSAL = frozenset({"it", "this", "that"})
ARTICLES = frozenset(
    {"the", "a", "an", "some", "this", "that", "these", "those", "any", "another", "much"}
)
INDEFINITE = frozenset({"a", "an", "some", "any", "another", "much"})
QUANTIFIERS = frozenset({"every", "each", "all", "no", "both"})
UNIVERSAL = {
    "everyone": "person",
    "everybody": "person",
    "everything": "thing",
    "nobody": "person",
    "nothing": "thing",
    "anyone": "person",
    "anybody": "person",
    "anything": "thing",
    "someone": "person",
    "somebody": "person",
    "something": "thing",
    "whoever": "person",
    "whatever": "thing",
}
NEGATIVE = frozenset({"no", "nobody", "nothing", "none"})
NUMBERS = {
    word: n
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBERS |= _TENS
NUMBERS |= {
    f"{ten}-{one}": _TENS[ten] + NUMBERS[one] for ten in _TENS for one in list(NUMBERS)[1:10]
}
# Numbers that others multiply: "two hundred", "a thousand".
FACTORS = frozenset({"hundred", "thousand", "million", "dozen"})
# Words behind which a noun must come, and those behind which it is one of several.
BEFORE_NOUNS = frozenset({"the", "a", "an", "another", "every", "his", "its", "their", "no"})
MANY = frozenset({"several", "many", "few", "these", "those", "all", "both", "some"})
# Adverbs in front of what does not quite come about: "almost drowned", "half dead".
ALMOST = frozenset({"almost", "nearly", "half"})
# Nouns that are only said in a time: "at midnight".
TIME_NOUNS = frozenset(
    {"midnight", "noon", "dawn", "dusk", "midday", "nightfall", "sunrise", "sunset"}
    | {"christmas", "easter", "daybreak", "winter", "summer", "spring", "autumn"}
)
# Parts of the year, said in a time: "last winter", "until spring".
SEASONS = frozenset({"winter", "summer", "spring", "autumn"})
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth twentieth last next same following very whole".split()
)
# Words that split a part off a group.
PORTIONS = frozenset(
    {
        "several",
        "some",
        "many",
        "most",
        "few",
        "all",
        "none",
        "both",
        "rest",
        "last",
        "others",
        "half",
    }
)
AUXILIARIES = {
    "do": "do",
    "does": "do",
    "did": "do",
    "have": "have",
    "has": "have",
    "had": "have",
    "having": "have",
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "be": "be",
    "been": "be",
    "being": "be",
    "am": "be",
}
MODALS = {
    "can": "can",
    "could": "can",
    "will": "will",
    "would": "will",
    "shall": "will",
    "should": "must",
    "must": "must",
    "may": "may",
    "might": "may",
    "cannot": "can",
}
LOCATIVE = frozenset({"in", "at", "on", "inside", "into", "onto", "within", "aboard", "upon"})
# Behind these a new name is that of a place.
OF_PLACES = frozenset({"in", "at", "near", "outside", "within"})
# Prepositions that make a spot out of a thing.
SPOTS = frozenset(
    {
        "behind",
        "under",
        "below",
        "beneath",
        "above",
        "over",
        "beside",
        "near",
        "outside",
        "by",
        "around",
        "opposite",
        "before",
        "among",
        "between",
    }
)
PREPOSITIONS = (
    LOCATIVE
    | SPOTS
    | frozenset(
        "to with from of for about against off out through across along toward towards after like as"
        " without down up past beyond during despite except but until since than away round".split()
    )
)
ADVERBS = frozenset(
    "halfway midway again now still already soon then simply just only even too also once twice together alone away"
    " quickly almost perhaps maybe apparently never ever always often finally first last instead"
    " there here home well hard fast together later meanwhile afterwards openly badly back aloud"
    " backwards forwards sideways overnight"
    " very either forever anymore somehow silently at_last once_more however therefore so".split()
)
# Adverbs of two words.
ADVERB_PAIRS = frozenset(
    {
        ("from", "behind"),
        ("as", "well"),
        ("at", "all"),
        ("of", "course"),
        ("in", "vain"),
        ("in", "person"),
        ("for", "ever"),
        ("ever", "after"),
        ("on", "foot"),
        ("any", "more"),
        ("any", "longer"),
    }
)
# Adverbs of three words and more, and of two that begin with a preposition whose noun they are.
ADVERB_PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "at first sight",
        "for himself",
        "for herself",
        "for themselves",
        "from the inside",
        "from the outside",
        "from inside",
        "from outside",
        "from within",
        "at first",
        "at last",
        "at once",
        "for a price",
        "in cash",
        "in reality",
        "in fact",
        "in truth",
        "beside each other",
        "next to each other",
        "side by side",
        "after lights out",
        "at any cost",
        "at all costs",
        "at the same time",
        "from beginning to end",
        "to the east",
        "to the west",
        "to the north",
        "to the south",
        "from top to bottom",
        "from head to foot",
        "to pieces",
        "to bits",
        "in its place",
        "in his place",
        "in her place",
        "in their place",
        "in the eye",
        "in the eyes",
        "for life",
        "in tears",
        "under oath",
        "by ship",
        "by train",
        "by car",
        "by boat",
        "by plane",
        "by bus",
        "one after the other",
        "one after another",
        "out loud",
        "in shock",
        "by the collar",
        "by the hair",
        "by the throat",
        "by the scruff of the neck",
        "in no hurry",
        "to the brim",
        "inch by inch",
        "day after day",
        "night after night",
        "year after year",
        "day and night",
        "at any rate",
        "at any moment",
        "at any time",
        "in the least",
        "as a joke",
        "as a punishment",
        "as a reward",
        "as a precaution",
        "under cover of night",
        "under cover of darkness",
        "under cover of the night",
        "in broad daylight",
        "in the nick of time",
        "in the dark",
        "in the open",
        "in full view",
        "in good faith",
        "in high spirits",
        "in no time",
        "in self-defence",
        "in the end",
        "in the meantime",
        "in the distance",
        "on board",
        "below deck",
        "below decks",
        "at sea",
        "on land",
        "at home",
        "at work",
        "at war",
        "in return",
        "in detail",
        "in despair",
        "in disguise",
        "in advance",
        "in one piece",
        "by candlelight",
        "by moonlight",
        "by daylight",
        "by hand",
        "by heart",
        "by post",
        "by night",
        "by day",
        "for ever",
        "for nothing",
        "for once",
        "for sure",
        "on the run",
        "on tiptoe",
        "on his own",
        "on her own",
        "on their own",
        "on bended knee",
        "on horseback",
        "on all fours",
        "without warning",
        "without success",
        "without a word",
        "without a sound",
        "without a trace",
        "with all his might",
        "with all her might",
        "with all their might",
        "with both hands",
        "word for word",
        "once and for all",
        "once again",
        "at random",
        "at gunpoint",
        "at knifepoint",
        "at length",
        "at dead of night",
        "at full speed",
        "at the last moment",
        "in the last moment",
        "to and fro",
        "up and down",
        "back and forth",
        "inside out",
        "upside down",
        "as usual",
        "as always",
        "as before",
        "as soon as possible",
        "as fast as he can",
        "as fast as she can",
        "no more",
        "a bit",
        "a great deal",
        "at the top of his voice",
        "at the top of her voice",
        "on the spot",
        "on purpose",
        "on time",
        "on sight",
        "on duty",
        "by mistake",
        "by accident",
        "by chance",
        "by force",
        "by surprise",
        "by name",
        "by himself",
        "by herself",
        "by themselves",
        "in the act",
        "in time",
        "in secret",
        "in private",
        "in public",
        "in cold blood",
        "in a hurry",
        "in a low voice",
        "in a loud voice",
        "in turn",
        "to the death",
        "with difficulty",
        "without hesitation",
        "without delay",
        "side by side",
        "face to face",
        "one by one",
        "arm in arm",
        "hand in hand",
        "step by step",
        "little by little",
        "time and again",
        "again and again",
        "all day",
        "all night",
        "too late",
        "just in time",
        "more than once",
        "for good",
        "for a while",
        "for the first time",
        "for the last time",
        "of his own accord",
        "of her own accord",
        "from time to time",
        "from afar",
        "the whole time",
        "a lot",
        "halfway down",
        "halfway up",
        "halfway through",
        "halfway across",
        "halfway there",
        "on the way down",
        "on the way up",
        "a little",
        "very much",
        "so much",
        "too much",
    )
)
ADVERB_FIRST = frozenset(phrase[0] for phrase in ADVERB_PHRASES)
# Adverbs that mean something to the reader of a claim; "any" is that of "any more" and "any longer".
STRENGTHS = {
    "now": "now",
    "still": "still",
    "already": "already",
    "never": "never",
    "any": "any more",
    "anymore": "any more",
}
# "has the boat lowered": what somebody has others do.
CAUSING = frozenset({"have", "get"})
# "wants Rosa in prison", "wants the letter burnt": how somebody wants others to be.
WISHING = frozenset({"want"})
# What one does something under that is no place: "under a false name".
UNDER = frozenset(
    "name names alias pretence pretext pressure orders command protection supervision threat oath"
    " circumstances conditions escort guard fire influence control cover".split()
)
# "finds him weeping", "sees her hide it": what is said of whom they see.
PERCEIVING = frozenset(
    {"find", "see", "hear", "watch", "notice", "catch", "spot", "observe", "discover", "feel"}
    | {"picture", "imagine", "remember"}
)
# "gets killed": a passive without a form of "be".
GETTING = frozenset({"get"})
# What may introduce an act that is done with, before, after or in place of another.
GERUNDIAL = frozenset({"on", "upon", "after", "before", "without", "by", "instead of"})
# What is done so is not meant, and needs no reason.
UNMEANT = frozenset(
    {"accidentally", "inadvertently", "unintentionally", "unknowingly", "unwittingly"}
)
# Fronted time words: whether they let time pass between scenes.
TIMES: dict[str, bool] = {
    "meanwhile": True,
    "later": True,
    "afterwards": True,
    "soon": False,
    "then": False,
    "next": False,
    "finally": False,
    "suddenly": False,
    "now": False,
    "at last": False,
    "at once": False,
    "the next day": True,
    "the next morning": True,
    "the next night": True,
    "that night": True,
    "that evening": True,
    "that day": True,
    "that morning": True,
    "the same day": True,
    "the same night": True,
    "the following day": True,
    "the following morning": True,
    "in the morning": True,
    "in the evening": True,
    "in the night": True,
    "at night": True,
    "at noon": True,
    "at midnight": True,
    "at dawn": True,
    "at dusk": True,
    "at sunset": True,
    "one day": True,
    "one night": True,
    "one evening": True,
    "one morning": True,
    "shortly after": True,
    "soon after": True,
    "soon afterwards": True,
    "a little later": True,
    "after that": False,
    "following that": False,
    "after this": False,
    "following this": False,
    "before that": True,
    "at the same time": True,
    "at that moment": False,
    "once more": False,
    "in the end": False,
    "after a while": True,
    "in the meantime": True,
    "today": True,
    "yesterday": True,
    "this morning": True,
    "this afternoon": True,
    "this evening": True,
    "at first": False,
    "again": False,
    "first": False,
    "instead": False,
    "just then": False,
    "however": False,
    "therefore": False,
    "so": False,
    "tonight": True,
    "in the afternoon": True,
    "that afternoon": True,
    "at daybreak": True,
    "once upon a time": True,
    "since then": True,
    "ever since": True,
    "from then on": True,
    "from that day on": True,
    "from now on": True,
    "from that time on": True,
    "ever after": True,
    "nevertheless": False,
    "nonetheless": False,
    "of course": False,
    "as a result": False,
    "in the distance": False,
}
# What somebody felt at what is told behind it, and where it came about: neither lets time pass.
TIMES |= {
    f"to {whose} {feeling}": False
    for whose in ("his", "her", "their")
    for feeling in (
        "surprise horror relief delight dismay joy astonishment amazement shame disappointment".split()
    )
}
TIMES |= {
    f"on {whose} way{where}": False
    for whose in ("the", "his", "her", "their")
    for where in ("", " home", " back", " there")
}
# What is told of the same time as what was told before it, and words for a time before it.
SAME_TIME = frozenset(
    {"meanwhile", "in the meantime", "at the same time", "at that moment", "the same day"}
)
EARLIER = frozenset(
    {"earlier", "ago", "before", "before that", "yesterday", "last night", "previously"}
)
# Parts of days told from now, in their order: what happens then is no later for being told later.
DAYS: dict[str, int] = {
    phrase: rank
    for rank, phrase in enumerate(
        (
            "yesterday morning",
            "yesterday",
            "yesterday afternoon",
            "yesterday evening",
            "last night",
            "this morning",
            "at noon today",
            "this afternoon",
            "this evening",
            "tonight",
            "tomorrow morning",
            "tomorrow",
            "tomorrow evening",
        )
    )
}
TIMES |= dict.fromkeys(DAYS, True)
TIMES |= dict.fromkeys(
    ("long ago", "a long time ago", "some time ago", "not long ago", "a while ago", "ages ago"),
    True,
)
UNITS = frozenset(
    "afternoon season decade century time fortnight weekend second minute hour day week month year night morning evening moment while".split()
)
PLENTY = frozenset("lot deal bit amount number couple handful quantity sum load".split())
"""How much there is of something, behind "a": a lot of money."""
PLENTIES = frozenset("lots plenty loads heaps tons dozens scores hundreds thousands".split())
"""The same with no "a"."""
HOURS = frozenset({"o'clock", "am", "pm"})
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
CONNECTIVES = frozenset(
    {
        "and",
        "but",
        "or",
        "then",
        "so",
        "yet",
        "while",
        "as",
        "because",
        "when",
        "if",
        "until",
        "before",
        "after",
        "since",
        "that",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "where",
        "why",
        "how",
        "whether",
        "than",
        "except",
        "not",
        "neither",
        "nor",
        "unless",
    }
)
WH = frozenset(
    {"who", "whom", "whose", "what", "which", "where", "when", "why", "how", "whether", "if"}
)
RELATIVE = frozenset({"who", "whom", "which", "that", "whose", "where"})

# Prepositions of more than one word.
COMPOUND = {
    ("on", "his", "way", "to"): "towards",
    ("on", "her", "way", "to"): "towards",
    ("on", "their", "way", "to"): "towards",
    ("on", "its", "way", "to"): "towards",
    ("on", "the", "way", "to"): "towards",
    ("in", "the", "north", "of"): "in",
    ("in", "the", "south", "of"): "in",
    ("in", "the", "east", "of"): "in",
    ("in", "the", "west", "of"): "in",
    ("out", "of"): "out of",
    ("in", "front", "of"): "in front of",
    ("on", "top", "of"): "on top of",
    ("next", "to"): "next to",
    ("away", "from"): "away from",
    ("close", "to"): "near",
    ("on", "to"): "onto",
    ("in", "to"): "into",
    ("because", "of"): "because of",
    ("owing", "to"): "because of",
    ("thanks", "to"): "because of",
    ("on", "account", "of"): "because of",
    ("instead", "of"): "instead of",
    ("ahead", "of"): "ahead of",
    ("down", "from"): "from",
    ("out", "from"): "from",
    ("inside", "of"): "in",
    ("off", "of"): "off",
    ("up", "to"): "to",
    ("over", "to"): "to",
    ("back", "to"): "to",
    ("back", "into"): "into",
    ("back", "onto"): "onto",
    ("back", "in"): "in",
    ("back", "on"): "on",
    ("back", "from"): "from",
    ("down", "into"): "into",
    ("down", "onto"): "onto",
    ("up", "into"): "into",
    ("up", "onto"): "onto",
    ("over", "into"): "into",
    ("out", "into"): "into",
    ("out", "onto"): "onto",
    ("down", "to"): "to",
    ("at", "the", "side", "of"): "beside",
    ("from", "behind"): "from behind",
    ("in", "exchange", "for"): "in exchange for",
    ("in", "spite", "of"): "despite",
    ("together", "with"): "together with",
    ("along", "with"): "together with",
    ("in", "place", "of"): "instead of",
    ("rather", "than"): "instead of",
}
BOUND_NOUNS = frozenset({"front", "top", "spite", "exchange", "place", "side"})
COMPOUND_FIRST = frozenset(words[0] for words in COMPOUND)
SPOTS = SPOTS | {"in front of", "on top of", "next to"}
# Prepositions besides those of places that may stand behind "is".
BEING = frozenset(
    {
        "towards",
        "with",
        "from",
        "of",
        "for",
        "out of",
        "off",
        "away from",
        "like",
        "up",
        "down",
        "beyond",
        "across",
        "past",
    }
)
# What somebody is angry about, tired of, or famous for.
CONCERNING = frozenset({"about", "of", "over", "for", "at"})
# Of these feelings what they are about is not taken to be so.
NOT_BELIEVING = frozenset(
    "afraid scared frightened worried anxious hopeful doubtful unsure uncertain eager".split()
)
# Who is meant by "his name".
OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
# Words behind a verb of motion that say no more than its place does.
PARTICLES = frozenset({"down", "up", "back", "over", "out", "on", "away"})
# Adverbs that may stand behind a whole sentence and its comma.
AFTERTHOUGHTS = frozenset({"too", "also", "either", "though", "however", "again", "then", "anyway"})
# Verbs by which a thing is somewhere, as a person stands or sits: it is said of it where it is.
STANDING = frozenset({"stand", "lie", "hang", "sit", "rest", "lean", "stay", "remain"})
# How a place lies to another that lies like that to it.
FACING = {
    "next to": "next to",
    "beside": "beside",
    "near": "near",
    "opposite": "opposite",
    "beyond": "beyond",
    "behind": "in front of",
    "in front of": "behind",
}
# Prepositions that a frame's "in", "at" or "on", and "to", take too.
PLACED = frozenset(
    {
        "in",
        "at",
        "on",
        "inside",
        "into",
        "onto",
        "upon",
        "within",
        "aboard",
        "behind",
        "under",
        "below",
        "beneath",
        "beside",
        "near",
        "outside",
        "opposite",
        "among",
        "between",
        "in front of",
        "on top of",
        "next to",
    }
)
MOVED = frozenset(
    {
        "to",
        "into",
        "onto",
        "behind",
        "under",
        "beneath",
        "below",
        "beside",
        "in front of",
        "on top of",
        "next to",
        "inside",
        "above",
        "near",
        "outside",
        "opposite",
        "among",
    }
)
PLACING = PLACED - {"into"} | {"above", "around", "by", "over", "before"}
# Kin and company that tell whether they are a "he" or a "she".
KIN: dict[str, str] = {
    word: gender
    for gender, words in {
        "m": "father son brother husband uncle nephew grandfather grandson stepfather stepson stepbrother godfather"
        " godson boyfriend fiancé father-in-law brother-in-law son-in-law half-brother master",
        "f": "mother daughter sister wife aunt niece grandmother granddaughter stepmother stepdaughter stepsister"
        " godmother goddaughter girlfriend fiancée mother-in-law sister-in-law daughter-in-law half-sister mistress",
    }.items()
    for word in words.split()
}
# Whose daughter somebody is, is her father if a "he", her mother if a "she".
CONVERSE: dict[str, tuple[tuple[str, str], ...]] = {
    kin: (("m", masculine), ("f", feminine))
    for kins, masculine, feminine in (
        ("son daughter child", "father", "mother"),
        ("father mother parent", "son", "daughter"),
        ("brother sister", "brother", "sister"),
        ("husband wife", "husband", "wife"),
        ("uncle aunt", "nephew", "niece"),
        ("nephew niece", "uncle", "aunt"),
        ("grandfather grandmother", "grandson", "granddaughter"),
        ("grandson granddaughter", "grandfather", "grandmother"),
        ("stepson stepdaughter", "stepfather", "stepmother"),
        ("stepfather stepmother", "stepson", "stepdaughter"),
    )
    for kin in kins.split()
}
# Where somebody is or goes in a word.
WHEREABOUTS = frozenset(
    "inside outside upstairs downstairs indoors outdoors aboard ashore below above nearby abroad behind around out in away".split()
)
# Prepositions behind what is done that change nothing: against whom, about what, as what.
BESIDE_THE_POINT = frozenset({"for", "against", "about", "concerning", "like", "as"})
# Verbs whose infinitive is done by their subject, whoever else is named: "X promises Y to come".
SUBJECT_CONTROL = frozenset(
    "promise offer threaten swear agree vow arrange conspire plot pledge bet".split()
)

# Small words that names of many lands have in front of their last part.
NAME_PARTICLES = frozenset(
    "van von de der den da di do dos das del della du la le ter ten bin ibn al el zu af y".split()
)
# Titles in front of a name, and what they tell of who bears it.
TITLES: dict[str, str] = {
    word: gender
    for gender, words in {
        "m": "mr sir lord king prince duke count baron emperor father brother uncle monsieur don señor herr"
        " abbot friar master",
        "f": "mrs ms miss madam madame lady dame queen princess duchess countess baroness empress mother sister"
        " aunt mademoiselle mme mlle señora señorita doña frau fräulein abbess mistress",
        "": "dr prof st saint captain capt colonel col general gen major sergeant sgt lieutenant lt private"
        " corporal admiral commander inspector constable detective officer agent doctor professor judge"
        " president senator governor mayor minister reverend rev bishop cardinal pope nurse sheriff marshal"
        " deputy chief prosecutor old young little big black white red",
    }.items()
    for word in words.split()
}
