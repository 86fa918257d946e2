"""Ordinary words: what a reader knows of English and of official papers before it has seen any of them.

Nothing here is taken from one document: closed word classes, forms of address, verbs of saying, labels of headings,
the vocabulary of stamps. Damaged spellings are met by likeness, never listed.
"""

from __future__ import annotations

from collections.abc import Iterator

#: Words that hold sentences together; in running text every second or third word is one of them.
FUNCTION = frozenset(
    """
    a about above after again against all already also although always am among an and another any are as at be
    because been before being below between both but by can cannot could did do does doing done down during each
    either else even ever every few firstly for from further furthermore had has have having he hence her here him
    himself his how however i if in indeed into is it its itself just least less many may me might moreover more most
    much must my neither never no nor not now of off often on once one only or other others otherwise our out over own
    perhaps rather same secondly shall she should since so some soon still such than that the their them then there
    therefore these they this those though through thus till to together too toward towards two under unless until up
    upon us very was we well were what when where whether which while who whole whom whose why will with within
    without would yet you your
    """.split()
)
#: Verbs that report what somebody said or thought, in the tense of a record.
SAYING = frozenset(
    """
    accepted acknowledged added admitted affirmed agreed alleged announced answered appealed argued asked assented
    asserted assured began believed called cautioned claimed closed commented complained conceded concluded
    confirmed considered contended continued countered declared declined demanded denied described disagreed
    emphasised emphasized enquired explained expressed felt gave granted handed hinted hoped indicated inquired
    insisted interjected interrupted introduced invited laughed maintained mentioned noted objected observed offered
    opened pleaded pointed pressed proceeded promised proposed protested put queried questioned quoted raised
    reaffirmed recalled recited referred refused regarded regretted reiterated rejected remarked reminded repeated
    replied reported requested responded resumed returned said saw spoke stated stressed submitted suggested
    summarized summed supported thanked thought told took turned underlined understood urged wanted warned welcomed
    went wished wondered
    """.split()
)
_IRREGULAR = {
    "began": "begins", "felt": "feels", "gave": "gives", "put": "puts", "said": "says", "saw": "sees",
    "spoke": "speaks", "thought": "thinks", "told": "tells", "took": "takes", "understood": "understands",
    "went": "goes",
}  # fmt: skip


def _now(verb: str) -> Iterator[str]:
    """What a verb in the past may be in the present: one that ends in `ed` has an `e` of its own or none."""
    if not verb.endswith("ed"):
        yield _IRREGULAR[verb]
    elif verb.endswith("ied"):
        yield f"{verb[:-3]}ies"
    else:
        yield f"{verb[:-1]}s"
        yield f"{verb[:-2]}s"


#: The same verbs in the present, as notes and scripts have them.
SAYING_NOW = frozenset(each for verb in SAYING for each in _now(verb))
#: Those by which the one who was speaking goes on, and those by which another answers.
GOING_ON = frozenset("added concluded continued repeated resumed stressed reiterated went then further also".split())
ANSWERING = frozenset(
    """
    agreed answered asked commented countered denied disagreed inquired enquired interjected interrupted objected
    observed protested queried questioned rejoined rejected remarked replied responded retorted wondered
    """.split()
)
#: What auxiliaries become when somebody reports what was said, and words that people say of themselves.
AUXILIARIES = {
    "do not": "did not", "does not": "did not", "have": "had", "has": "had", "can": "could", "am": "was",
    "cannot": "could not", "will": "would", "shall": "would", "is": "was", "are": "were",
}  # fmt: skip
REPORTED = AUXILIARIES | {
    "i": "he", "propose": "proposed", "suggest": "suggested", "reject": "rejected", "refuse": "refused",
    "deny": "denied", "ask": "asked", "offer": "offered", "protest": "protested", "believe": "believed",
    "think": "thought", "hope": "hoped", "demand": "demanded", "insist": "insisted", "request": "requested",
    "let us": "he suggested", "object": "objected", "regret": "regretted", "promise": "promised",
    "undertake": "undertook", "disagree": "disagreed", "warn": "warned", "expect": "expected",
}  # fmt: skip
#: Contractions, as the words they stand for.
CONTRACTED = {
    "won't": "will not", "can't": "cannot", "shan't": "shall not", "n't": " not", "'ll": " will", "'ve": " have",
    "'re": " are", "i'm": "i am",
}  # fmt: skip
#: Verbs after which the name of whoever said it may stand: `said Mr. X`.
INVERTED = frozenset("added answered asked concluded continued replied remarked said".split())
#: What somebody holds for the party they speak for: `the X believed` is said by one of X.
ATTITUDE = frozenset(
    """
    accepted assumed believed considered desired expected felt hoped intended insisted preferred proposed regarded
    regretted thought trusted understood view views wanted willing wished prepared ready position
    """.split()
)
#: Words that may stand between a name and its verb of saying.
BETWEEN = frozenset("also then again further once more himself herself however therefore just here".split())

#: Forms of address; those with a full stop are written with it.
TITLES = frozenset(
    """
    amb ambassador admiral baron baroness brigadier capt captain chairman chairwoman chancellor chief col colonel
    commander comrade consul count countess dame deputy delegate dr envoy excellency father foreign frau fraulein gen
    general governor herr judge justice king lady lieutenant lord lt madam madame maj major mayor minister miss mister
    mlle mme monsieur mr mrs ms pan pani premier president prince princess prof professor queen rabbi rev reverend
    secretary sen senator senhor senhora senor senora sergeant sheikh signor signora sir sister sr sra
    under-secretary vizier
    """.split()
)
SHORT_TITLES = ("Mr", "Amb", "Mrs", "Ms", "Dr", "Gen", "Col", "Prof", "Sen", "Lt")
#: What somebody is called by who is not named: `His Excellency`.
STYLES = frozenset("eminence excellency highness majesty".split())
#: Forms of address of men, and of women.
OF_MEN = frozenset(
    "baron count father herr king lord m mister monsieur mr pan prince senhor senor signor sir sr".split()
)
OF_WOMEN = frozenset(
    """
    baroness chairwoman countess dame frau fraulein lady madam madame miss mlle mme mrs ms pani princess queen senhora
    senora signora sister sra
    """.split()
)
#: Forms of address that stand behind a name; small words that belong to the name behind them.
BEHIND = frozenset("bey effendi hanim hanum pasha".split())
PARTICLES = "abu af al bin da das de del della den der di do dos du el ibn la le ten ter van von zu zum zur".split()
#: Offices of those who are spoken of in such talks without being there: `President X`.
RULERS = frozenset("president premier chairman secretary minister king queen prince chancellor general pope".split())
#: Offices by which somebody at the table is called without a name: `the Foreign Minister said`.
OFFICES = frozenset(
    """
    admiral ambassador arbitrator bishop captain chair chairman chairperson chairwoman chancellor chief colonel
    commander commissioner convenor delegate director eminence envoy excellency facilitator general governor
    highness judge king majesty major mayor mediator minister moderator pope premier president prince princess queen
    registrar representative secretary secretary-general speaker treasurer umpire under-secretary vizier
    """.split()
)
#: Tasks by which somebody who speaks may be called, as by an office.
TASKS = frozenset("expert interpreter notetaker observer rapporteur recorder translator witness".split())
#: What somebody is there for besides: such words beside a name are none.
ROLES = OFFICES | frozenset(
    """
    acting adviser advisers advisor affairs aide assistant attache charge chief consul counsel counselor counsellor
    deputy desk director-general economic expert first head interpreter legal liaison military notetaker observer
    permanent political rapporteur recorder second special staff third translator vice
    """.split()
)
#: Words with which a phrase begins that comes before the one who speaks: `In this connection, Mr. X …`.
INTRODUCING = frozenset(
    "after against apropos as at before besides by concerning despite during finally first for from in lastly now on"
    " regarding second secondly since then third thirdly though throughout thus to under upon while with".split()
)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())

#: Labels that begin a line of a heading.
LABELS = frozenset(
    """
    agenda annex approved author cc classification copies date distribution document drafted drafter enclosure file fm
    from info memorandum meeting minutes note passed place precedence present record re ref reference repeated signed
    subject time title to topic venue
    """.split()
)
#: Words before a colon that name a part of a paper and nobody.
PARTS = frozenset(
    """
    action answer background comment comments conclusion conclusions discussion example introduction nota note notes
    observation observations point points question recommendation recommendations remark remarks summary
    """.split()
)
HEADINGS = ("memorandum of conversation", "memorandum for the record", "record of conversation", "minutes of meeting",
            "summary of conversation", "note of a meeting", "record of meeting", "summary record", "verbatim record",
            "note verbale", "note for the file", "notes of meeting", "aide memoire", "pro memoria", "press communique",
            "joint communique")  # fmt: skip
PRESENT = frozenset("participants present attendance attendees delegations".split())
#: Labels of those who are not there.
ABSENT = frozenset("absent apologies excused regrets".split())
#: What a paper of a talk is, before `of`, `for` or `on`.
RECORDS = frozenset(
    "account agreement aide-memoire communique conference memorandum minutes note notes proceedings protocol record"
    " report statement summary telegram transcript".split()
)

#: The vocabulary of stamps and release forms.
STAMPS = frozenset(
    """
    access additional archives authority caption cat category classification classified classify code cleared
    confidential controlled copy declassified declassify delete deny department downgrade downgraded excise excised
    exdis exempt exemption exemptions eyes file foia foreign copies info information limdis limited national nodis
    noforn office official only page partial part permanent receipt received record reference release released removed
    reproduced responsive restricted retained review reviewed reviewer sanitized secret secretariat section sensitive
    state stamp top transferred unclassified
    """.split()
)

#: What comes with a body rather than with a state of a like abbreviation, and the other way round.
OF_BODIES = frozenset(
    "charter presence observation observers observer supervision resolution resolutions teams team secretariat forces"
    " auspices general supervision framework headquarters inspection inspectors".split()
)
OF_STATES = frozenset(
    "government territory delegation people forces troops policy press position positions view views side proposal"
    " aircraft planes vessels navy citizens embassy mission ambassador draft assurances was had believed wished hoped"
    " would did could representatives planes press contention reply flights".split()
)
#: What is written or said by somebody: `X's letter`, `the X-Y agreement`.
PAPERS = frozenset(
    """
    address accord agreement answer communication communique correspondence declaration document draft exchange
    exchanges letter letters memorandum message messages note notes offer pact position proposal proposals protocol
    remark remarks reply report resolution speech statement statements suggestion suggestions telegram text treaty
    understanding view views visit
    """.split()
)
#: Those that reach a table in writing, so that whoever they are from need not sit there.
WRITTEN = frozenset("cable communication letter letters memorandum message messages telegram telegrams".split())
#: Heads of the names of offices, bodies and places: no person is called so.
IMPERSONAL = frozenset(
    """
    agency alliance army assembly bank bay bloc board bureau canal cape charter command commission committee conference
    congress council country court delegation department district east embassy federation fleet force forces gulf
    government hemisphere house institute island islands league legation line mission navy north ocean office
    organization pact parliament peninsula plan policy post powers province region republic river sea secretariat
    security senate south state states strait straits treasury treaty union united west western world
    """.split()
)
ADJECTIVES = ("n", "an", "ian", "ese", "ish", "i", "ic", "r", "er", "en", "ean")
