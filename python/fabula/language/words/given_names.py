"""Given names that tell whether their bearer is a "he" or a "she"; those borne by both are left out.

Where a story calls somebody a man or a woman, or says so by a title, that counts and not this.
"""

MASCULINE = frozenset(
    """
    aaron abel abraham adam adrian aiden alan albert alberto alfred alfredo ambrose anatol anders
    andreas andrew andy anselm anthony anton antoine antonio archibald arnold arthur august augustus
    balthasar barnaby bartholomew basil ben benedick benedict benjamin benny bernard bert bertram bill
    billy bob bobby boris brad brandon brendan brian bruno bryan caesar caleb calvin carl carlo carlos
    cassio cedric cesar charles christian christopher clarence claude claudius clement clifford clive
    colin conrad constantine cornelius craig curtis cyril damian daniel dante darren dave david dennis
    derek desmond dick diego dieter dimitri dominic donald doug douglas duncan dwight earl ebenezer ed
    eddie edgar edmund eduardo edward edwin egbert eli elias elliot emil emmett enrico eric erik ernest
    ernesto ethan eugene fabian falk felipe felix ferdinand fernando finn floyd fortinbras francesco
    francisco frank franz fred frederick friedrich fritz gabriel gareth garth gary gaspard gaston geoffrey
    george gerald gerhard gideon gilbert giles giovanni giuseppe gordon graham gregory guido gunther gus
    gustav guy hamlet hank hans harold harry harvey heathcliff hector heinrich helmut henri henry herbert
    herman homer horace horatio howard hubert hugh hugo humphrey iago ian igor ira isaac isaiah ivan jack
    jackson jacob jacques jake james jared jason jasper jeff jeffrey jeremiah jeremy jerome jim jimmy joe
    joel johan johann john johnny jonah jonas jonathan joseph joshua juan julian julius jurgen justin karl
    keith ken kenneth kevin klaus konrad kurt lance larry lars laurence lawrence lazarus leander leif leo
    leon leonard leonardo leopold lionel lorenzo louis luca lucas ludwig luigi luke lysander macbeth
    magnus malcolm malvolio manfred manuel marcel marco marcus mario mark marlon martin marvin mathias
    matthew maurice max maximilian melvin mercutio michael miguel mike mikhail miles milo mortimer moses
    nate nathan nathaniel neil nelson nicholas nick nigel nikolai noah norman oberon octavius oliver omar
    orlando orsino oscar oskar oswald othello otis otto owen pablo paolo patrick paul pavel pedro percival
    percy peter petruchio phil philip pierre pietro polonius prospero pyotr quentin rafael ralph ramon
    raoul raphael raul raymond reginald ricardo richard rick rob robert roberto rodney rodolfo rodrigo
    roger roland rolf roman romeo ron ronald rudolf rudolph rufus rupert russell salvatore samson samuel
    saul scott sebastian sergei seth seymour sherlock sidney siegfried sigmund silas simeon simon solomon
    spencer stanley stefan stephen steve steven stuart sven sylvester tarquin tavo ted terence thaddeus
    theodore thomas tim timothy titus toby tom tommy tristan tybalt ulrich ulysses valentin vernon victor
    viktor vincent vladimir walt walter warren watson wendell werner wilbur wilfred wilhelm will william
    winston wolfgang xavier yuri zachary
    """.split()
)
FEMININE = frozenset(
    """
    abigail ada adela adelaide adele agatha agnes aida aileen alexandra alexandria alice alicia alina
    alison amanda amelia amy anastasia angela angelica angelina anita ann anna annabel annabelle anne
    annette annie antonia arabella ariadne astrid audrey aurora ava barbara bathsheba beatrice beatrix
    becky belinda bella berta bertha beth betsy betty bianca brenda bridget brigitte brunhild camilla
    candice carla carlotta carmen carol carolina caroline carrie cassandra catherine cecilia celeste celia
    charlotte chloe christina christine clara clarissa claudia clementine cleopatra colette constance
    cora cordelia cornelia cynthia daisy daphne deborah deirdre delia delilah denise desdemona diana dido
    dinah dolores dora doris dorothy edith edna eileen elaine eleanor elena eleonora elinor elisa elisabeth
    eliza elizabeth ella ellen elsa elsie elvira emilia emily emma erica erika esmeralda estella esther
    ethel eudora eugenia eunice eva eve evelina fatima felicia felicity fiona flora florence frieda
    gabriela gabriella gabrielle genevieve georgia georgina geraldine gerda gertrude gilda gina giulia
    gladys gloria goneril grace greta gretchen griselda guinevere gwen gwendolyn hannah harriet hazel
    heather heidi helen helena helga henrietta hermia hermine hermione hilda imogen ines inga ingrid irene
    irina iris irma isabel isabella isolde ivy jane janet janice jemima jennifer jenny jessica jill joan
    joanna johanna josephine joyce juanita judith judy julia juliana julie juliet justine kate katerina
    katherine kathleen katie katrina kirsten kitty klara lady larissa laura lavinia leah lena leonora
    letitia lidia lillian lily linda lisa lise livia lois lola lotte louisa louise lucia lucille lucinda
    lucrezia lucy ludmila luisa lydia mabel madeleine magda magdalena maggie marcella margaret margarita
    margot maria mariana marianne marie marina marlene martha mary matilda maud maureen mavis maxine
    melanie melissa mercedes mildred mina minerva miranda miriam molly mona monica muriel myra nadia nadine
    nancy naomi natalia natalie natasha nell nellie nina nora norma octavia odette olga olivia ondine
    ophelia pamela patience patricia paula paulina pauline peggy penelope perdita petra petunia phoebe
    phyllis polly portia priscilla prudence rachel ramona rapunzel rebecca regan regina renata rhoda rita
    roberta rosa rosalie rosalind rosaline rosamund rose rosemary rosie roxana roxanne ruby ruth sabina
    sabrina sally salome samantha sandra sarah selena selma sheila shirley sibyl simone sofia sonia sophia
    sophie stella stephanie susan susanna susannah sybil sylvia tabitha tamara tania tanya tara teresa tess
    tessa thelma theodora theresa titania trudy ulla ulrike una ursula valentina valeria vanessa vera
    veronica victoria viola violet virginia vivian wanda wendy wilhelmina wilma winifred xenia yara yolanda
    yvette yvonne zara zelda zoe
    """.split()
) - {"lady"}
EITHER = frozenset(
    """
    ally beverly carly charly dolly elly everly holly kelly kimberly lesly lilly milly nelly
    presly reilly shelly tilly wally willy
    """.split()
)
"""Names that look like adverbs and tell nothing of their bearer."""
KNOWN = MASCULINE | FEMININE | EITHER
