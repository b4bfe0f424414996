"""Irregular verbs and nouns of English."""

# base: (past, past participle); a third column where the third person is irregular
VERBS: dict[str, tuple[str, str]] = {
    line.split()[0]: (line.split()[1], line.split()[2])
    for line in """
arise arose arisen
awake awoke awoken
be was been
bear bore borne
beat beat beaten
become became become
begin began begun
behold beheld beheld
bend bent bent
bet bet bet
bind bound bound
bite bit bitten
bleed bled bled
blow blew blown
break broke broken
breed bred bred
bring brought brought
build built built
burn burned burned
burst burst burst
buy bought bought
cast cast cast
catch caught caught
choose chose chosen
cling clung clung
come came come
cost cost cost
creep crept crept
cut cut cut
deal dealt dealt
die died died
dig dug dug
do did done
draw drew drawn
dream dreamed dreamed
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed fed
feel felt felt
fight fought fought
find found found
flee fled fled
fling flung flung
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got got
give gave given
go went gone
grind ground ground
grow grew grown
hang hung hung
have had had
hear heard heard
hide hid hidden
hit hit hit
hold held held
hurt hurt hurt
keep kept kept
kneel knelt knelt
know knew known
lay laid laid
lead led led
leap leaped leaped
learn learned learned
leave left left
lend lent lent
let let let
lie lay lain
light lit lit
lose lost lost
make made made
mean meant meant
meet met met
mislead misled misled
mistake mistook mistaken
overhear overheard overheard
overtake overtook overtaken
overthrow overthrew overthrown
pay paid paid
put put put
quit quit quit
read read read
ride rode ridden
ring rang rung
rise rose risen
run ran run
say said said
see saw seen
seek sought sought
sell sold sold
send sent sent
set set set
sew sewed sewn
shake shook shaken
shed shed shed
shine shone shone
shoot shot shot
show showed shown
shut shut shut
sing sang sung
sink sank sunk
sit sat sat
slay slew slain
sleep slept slept
slide slid slid
sling slung slung
sneak sneaked sneaked
speak spoke spoken
speed sped sped
spend spent spent
spin spun spun
spit spat spat
split split split
spread spread spread
spring sprang sprung
stand stood stood
steal stole stolen
stick stuck stuck
sting stung stung
stride strode stridden
strike struck struck
string strung strung
strive strove striven
swear swore sworn
sweep swept swept
swell swelled swollen
swim swam swum
swing swung swung
take took taken
teach taught taught
tear tore torn
tell told told
think thought thought
throw threw thrown
thrust thrust thrust
tread trod trodden
undergo underwent undergone
understand understood understood
undertake undertook undertaken
undo undid undone
upset upset upset
wake woke woken
wear wore worn
weave wove woven
weep wept wept
win won won
wind wound wound
withdraw withdrew withdrawn
withhold withheld withheld
write wrote written
""".strip().splitlines()
}

# Other spellings of a past or participle that are read, never written.
VARIANTS: dict[str, str] = {
    "burnt": "burn",
    "dreamt": "dream",
    "leapt": "leap",
    "learnt": "learn",
    "gotten": "get",
    "snuck": "sneak",
    "lighted": "light",
    "hanged": "hang",
    "waked": "wake",
    "awakened": "awaken",
    "lying": "lie",
    "dying": "die",
    "tying": "tie",
    "sewed": "sew",
    "proven": "prove",
    "travelled": "travel",
    "travelling": "travel",
    "cancelled": "cancel",
    "kidnapped": "kidnap",
    "woke": "wake",
    "spelt": "spell",
    "smelt": "smell",
    "knelt": "kneel",
    "pled": "plead",
}

NOUNS: dict[str, str] = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "goose": "geese",
    "mouse": "mice",
    "ox": "oxen",
    "knife": "knives",
    "wife": "wives",
    "life": "lives",
    "wolf": "wolves",
    "thief": "thieves",
    "half": "halves",
    "shelf": "shelves",
    "leaf": "leaves",
    "loaf": "loaves",
    "calf": "calves",
    "self": "selves",
    "scarf": "scarves",
    "sheep": "sheep",
    "deer": "deer",
    "fish": "fish",
    "money": "money",
    "police": "police",
    "staff": "staff",
    "clothes": "clothes",
    "news": "news",
    "cocaine": "cocaine",
    "furniture": "furniture",
    "ammunition": "ammunition",
    "series": "series",
    "crossroads": "crossroads",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "echo": "echoes",
    "piano": "pianos",
    "policeman": "policemen",
    "fisherman": "fishermen",
    "nobleman": "noblemen",
    "gunman": "gunmen",
    "scissors": "scissors",
    "trousers": "trousers",
    "glasses": "glasses",
    "stairs": "stairs",
}

# Verbs whose last consonant is not doubled although the plain rule would say so.
NO_DOUBLING = frozenset(
    "open enter offer visit listen gather order happen answer deliver discover suffer wander whisper"
    " bother murder conquer cover uncover recover remember follow borrow swallow show throw draw blow"
    " limit edit exit inhabit profit benefit threaten frighten awaken hasten fasten loosen tighten"
    " lighten poison pardon abandon imprison reason season summon reckon beckon water master hammer"
    " shelter scatter shatter batter utter mutter slaughter alter falter loiter banter barter anger"
    " linger finger stagger trigger surrender wonder plunder render tender hinder ponder squander".split()
)
