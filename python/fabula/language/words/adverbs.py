"""Adverbs in -ly that come from no adjective of the library, and slips of the pen in small words that are made again and again."""

COMMON = frozenset(
    """
    abruptly absently absolutely accidentally accordingly accurately actively actually acutely additionally adequately
    admiringly admittedly adoringly affectionately aimlessly allegedly alternately amazingly amicably amply annually
    anonymously anxiously apparently appealingly appreciatively approvingly approximately arguably arrogantly articulately
    artificially assertively assuredly astonishingly automatically badly barely basically begrudgingly belatedly biannually
    bitterly blandly blankly blatantly bleakly blindly blissfully blithely bluntly boldly bravely breathlessly brazenly
    briefly brightly briskly broadly brokenly brusquely brutally busily callously calmly candidly carefully carelessly
    casually cautiously centrally ceremoniously certainly cheaply cheekily cheerfully chiefly clandestinely cleanly clearly
    cleverly closely coarsely coldly collectively comfortably comically commonly compactly comparatively completely
    conceivably conclusively confidently confidentially consciously consequently considerably consistently conspicuously
    constantly continually continuously contrarily convincingly coolly cordially correctly costly covertly coyly cozily
    craftily crazily critically crossly cruelly crucially curiously currently curtly customarily cynically daily dangerously
    daringly darkly dashingly deadly deafeningly dearly decently decidedly decisively deeply defiantly definitely
    delicately deliberately delightfully densely desperately determinedly diagonally dimly diplomatically directly
    disapprovingly discreetly disdainfully dishonestly disorderly distinctly doubly doubtfully downwardly dramatically
    drastically drily drowsily drunkenly dryly dually duly dumbly early earnestly easily economically effectively
    efficiently effortlessly elderly elegantly elsewhere eloquently emotionally emphatically endlessly energetically
    enormously enthusiastically entirely enviously equally erratically especially essentially eternally evasively evenly
    eventually evidently exactly exceedingly exceptionally excessively excitedly exclusively expertly explicitly expressly
    extensively externally extravagantly extremely faintly fairly faithfully falsely family famously fanatically
    fashionably fatally favorably favourably fearfully fearlessly feebly ferociously fervently feverishly fiercely finally
    financially finely firmly firstly fitfully flatly fleetingly flimsily fluently fondly foolishly forcefully forcibly
    forgetfully formally formerly fortunately frankly frantically freely frenziedly frequently freshly friendly
    frightfully fully functionally fundamentally furiously furtively further generally generously gently genuinely ghastly
    giddily gingerly gladly gleefully globally gloomily glumly godly goodly gorgeously gracefully graciously gradually
    grandly gratefully gravely greatly greedily grimly grossly groggily grouchily grudgingly gruffly grumpily guardedly
    guiltily habitually half-heartedly halfheartedly handsomely haphazardly happily hardly harmlessly harshly hastily
    haughtily hazily healthily heartily heartlessly heavily helpfully helplessly heroically hesitantly highly hilariously
    historically hoarsely holy homely honestly honorably hopefully hopelessly horizontally horribly horrifically hourly
    hugely humanly humbly hungrily hurriedly hypnotically hypothetically hysterically icily ideally identically idly
    illegally illegibly imaginatively immaculately immeasurably immediately immensely imminently immodestly immortally
    impartially impassively impatiently impeccably imperceptibly imperiously implicitly impolitely importantly impossibly
    impressively improperly impulsively inadvertently inaudibly incessantly incidentally incoherently inconsolably
    incorrectly increasingly incredibly incredulously indeed indefinitely independently indifferently indignantly
    indirectly individually indoors inevitably inexplicably infamously infinitely informally infrequently ingeniously
    inherently initially innocently inquiringly insanely inseparably insistently instantaneously instantly instinctively
    intelligently intensely intently intentionally internally intimately intricately invariably invisibly inwardly
    ironically irreparably irreversibly irritably jealously jointly jokingly jolly jovially joyfully joylessly joyously
    jubilantly keenly kindly kingly knightly knowingly lamely largely lastly lately laterally laughingly lavishly lawfully
    lazily legally leisurely lethargically lightly likely limply literally lively locally loftily logically lonely loosely
    lordly loudly lovely lovingly lowly loyally luckily ludicrously madly magically magnificently mainly majestically
    maliciously manly markedly marvellously massively masterfully materially maturely meaningfully meanly meekly
    menacingly mentally mercifully mercilessly merely merrily messily methodically meticulously mildly mindlessly
    miraculously mischievously miserably mistakenly mockingly moderately modestly momentarily monthly moodily morally
    mostly motherly motionlessly mournfully mutely mutually mysteriously naively namely narrowly nastily naturally
    naughtily nearly neatly necessarily needlessly negatively neglectfully nervously neutrally newly nicely nightly nimbly
    nobly noiselessly noisily nonchalantly normally northerly notably noticeably numbly obediently objectively obligingly
    obnoxiously obscurely obsessively obstinately obviously occasionally oddly ominously only openly optimistically orderly
    ordinarily originally outrageously outwardly overly painfully painlessly painstakingly partially particularly partly
    passionately passively patiently patriotically peacefully peculiarly perfectly periodically permanently
    perpetually perplexedly persistently personally persuasively physically piously pitifully placidly plainly playfully
    pleasantly pleasingly plentifully pointedly pointlessly politely politically poorly popularly positively possibly
    potentially powerfully powerlessly practically precisely predictably predominantly preferably prematurely presently
    presumably previously primarily principally privately probably profoundly profusely prominently promisingly promptly
    properly proudly provocatively prudently publicly punctually purely purposefully purposely queasily quarterly queerly
    questioningly quickly quietly quizzically radiantly randomly rapidly rarely rashly readily really reasonably
    reassuringly recently recklessly regally regretfully regrettably regularly relatively relentlessly reliably
    religiously reluctantly remarkably remorsefully remotely repeatedly reportedly reproachfully resentfully resolutely
    respectably respectfully respectively restlessly reverently richly ridiculously righteously rightfully rightly rigidly
    ritually roguishly romantically roughly routinely royally rudely ruefully ruthlessly sadly safely sarcastically
    savagely scarcely scarily scathingly sceptically scholarly scornfully searchingly secondly secretively
    secretly securely seemingly seldom selectively selfishly selflessly sensibly sensitively separately serenely
    seriously severely shakily shamefully shamelessly sharply sheepishly shortly shrewdly shrilly shyly sickly
    significantly silently silkily similarly simply simultaneously sincerely singly skilfully skillfully sleepily slightly
    slowly slyly smartly smilingly smoothly smugly sneakily snugly sobbingly soberly socially softly solely solemnly
    solidly somberly sombrely sorely soundlessly sourly southerly sparingly specially specifically spectacularly speechlessly
    speedily spitefully splendidly spontaneously sporadically squarely stably stately statically steadfastly
    steadily stealthily steeply sternly stiffly stingily stoically stonily straightforwardly strangely strategically
    strenuously strictly strikingly strongly stubbornly studiously stupidly sturdily stylishly suavely subconsciously
    subsequently substantially subtly successfully successively suddenly sufficiently suitably sulkily sullenly
    superficially superbly superstitiously supposedly supremely surely surly surprisingly surreptitiously suspensefully
    suspiciously sweetly swiftly sympathetically systematically tactfully tactically tardily tastefully tauntingly tearfully
    technically tediously temporarily temptingly tenaciously tenderly tensely tentatively terribly terrifically
    thankfully theatrically theoretically thereby thickly thinly thirdly thirstily thoroughly thoughtfully
    thoughtlessly threateningly tidily tightly timely timidly tirelessly totally touchingly toughly tragically tranquilly
    treacherously tremendously triumphantly truly truthfully typically ugly ultimately unanimously unaccountably
    unarguably unbearably unbelievably uncannily uncertainly unceremoniously uncomfortably uncommonly unconditionally
    unconsciously uncontrollably understandably understandingly undeniably undoubtedly uneasily unequally unevenly
    unexpectedly unfairly unfaithfully unfortunately ungratefully unhappily unhurriedly unimpressively uniquely
    universally unkindly unknowingly unlawfully unlikely unluckily unmistakably unnaturally unnecessarily unofficially
    unquestionably unreasonably unruly unsafely unselfishly unsteadily unsuccessfully unsuspectingly unusually unwillingly
    unwisely unwittingly upwardly urgently usefully uselessly usually utterly vacantly vaguely vainly valiantly variably
    vastly vehemently verbally vertically viciously victoriously vigilantly vigorously violently virtually visibly vividly
    vocally voluntarily voraciously wanly warily warmly watchfully weakly wearily weekly weirdly westerly wholeheartedly
    wholly wickedly widely wildly willfully willingly wilfully wisely wistfully wittily womanly wonderfully wordlessly
    worldly worriedly worryingly wrathfully wretchedly wrongfully wrongly wryly yearly yearningly zealously
    ally belly bully family fly jelly reply supply rely apply comply multiply july italy lily holly folly jolly rally tally
    silly hilly chilly curly burly woolly prickly bubbly wobbly wrinkly crumbly cuddly smelly wily oily sly
    """.split()
)

SMALL: dict[str, str] = {
    slip: meant
    for meant, slips in {
        "the": "teh hte th thte tthe thre",
        "and": "adn nad annd ans",
        "that": "taht thta tath",
        "his": "hsi ihs",
        "her": "hre ehr",
        "their": "thier tehir theri",
        "they": "tehy thye",
        "this": "tihs htis",
        "with": "wiht whit wtih",
        "from": "fomr frmo",
        "was": "wsa",
        "has": "hsa",
        "is": "si",
        "to": "ot",
        "of": "fo",
        "into": "itno inot",
        "because": "becuase becasue becouse beacuse becaus",
        "until": "untill untl",
        "without": "wihtout whitout withuot",
        "friend": "freind frend firend",
        "which": "wich whihc wihch",
        "who": "hwo",
        "where": "wehre wheer",
        "when": "wehn",
        "again": "agian agin",
        "before": "befroe befor",
        "behind": "behing behidn",
        "another": "anotehr anohter",
        "together": "togehter togather",
        "there": "tehre theer",
    }.items()
    for slip in slips.split()
}
