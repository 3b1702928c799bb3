"""The verbs of a norm beyond its first: joined verbs, those of items, and what a duty to ensure is for."""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Base forms that regulators use and that, standing after `and` without an article, are no nouns.
_BASE = _set(
    "accept acknowledge acquire act adapt add address adhere adjust admit adopt advise agree alert allow "
    "amend analyse announce answer appear apply"
    " appoint approve arrange ascertain ask assess assign assist attach attend authorise avoid ban be begin "
    "block bring broadcast build calculate"
    " carry cease certify charge check choose clean close collect communicate complete comply conduct "
    "confirm connect consider consult contact contain"
    " continue cooperate correct cover create deactivate deal decide decline define delete deliver "
    "demonstrate deny deploy describe design designate"
    " destroy detect determine develop direct disable discard disclose disconnect discontinue display "
    "dispose disregard disseminate distribute do"
    " document draft draw employ enable encourage enforce engage ensure enter escalate establish evaluate "
    "examine exclude exercise explain extend"
    " facilitate file fill find fit fix flag flush follow forward fulfil generate give grant handle have "
    "help hide hold identify implement improve"
    " include incorporate index indicate inform inspect install instruct integrate investigate invite "
    "invoke involve isolate issue keep label lay let"
    " light limit link list locate lock log maintain make manage mark measure meet mention modify minimise "
    "mitigate monitor move mute name notify obey observe"
    " obtain offer open operate oppose order organise pay perform place post prepare present preserve "
    "prevent prioritise process produce prohibit"
    " promote protect prove provide publicise publish put quarantine read receive recognise recommend "
    "reconsider record recover rectify reduce refer"
    " refrain refresh refund refuse register reject release remedy remind remove renew repair repeat "
    "replace reply report request require rescind"
    " resolve respect respond restore restrict resume retain return reveal reverse review revise revoke "
    "sample satisfy say scan screen scrutinise seal"
    " search secure see seek select sell send separate serve set share show shut sign specify stamp start "
    "state stop store strike submit supervise"
    " supply support suppress suspend switch take tell terminate test track train transfer transmit treat "
    "turn undertake undo update upload use"
    " validate verify vet view waive warn watch weigh withdraw withhold write yield contribute count sort "
    "seize rank rate respect bear refill rinse"
    " invite lodge notify pass pause perform bear compensate credit debit honour incur invoice levy "
    "reimburse settle"
)
_IRREGULAR = (
    r"taken|made|given|set|put|held|told|shown|done|found|built|sent|met|known|seen|written|drawn|undone|"
    r"withdrawn|hidden|laid|left|led|read|cut|"
    r"brought|overseen|borne|begun|chosen|dealt|paid|lost|heard|sold|understood|thrown|driven|spent|"
    r"broadcast|withheld|upheld|forecast|split|shut|let|"
    r"struck|stuck|lent|bent|fed|run|rerun|hung|won|swept|left|shot|got|overridden|rewritten|redrawn|repaid|"
    r"undertaken|foregone|proven|woken|spoken|"
    r"broken|stolen|frozen|forgiven|beaten|fallen|risen|forbidden|forgotten|been|grown|blown|flown|torn|"
    r"sworn|said|bound|wound|kept|bought|sought|taught|"
    r"caught|thought|fought|had|input|reset|offset|worn|spread|upset|rebuilt|resold|retold|mistaken|swum|"
    r"sung|rung|dug|spun|lit|fitted"
)
PARTICIPLE = (
    rf"(?:{_IRREGULAR}|(?!(?:need|speed|feed|seed|exceed|proceed|succeed|embed|red|bed|shed|indeed)\b)\w+ed)"
)
_PARTICIPLE = re.compile(rf"(?:{PARTICIPLE})", re.IGNORECASE)
_PARTICLES = r"(?:down|up|out|off|on|over|back|away|into|aside|apart|through|in|to|for|with|upon|forward)"
_LY = (
    r"(?:(?!(?:ap|com|sup|re|im|multi)ply\b|rely\b)\w+ly|then|also|thereafter|otherwise|subsequently|"
    r"in\s+turn|at\s+once|promptly)"
)
_DETERMINER = (
    r"(?:the|an?|its|their|it|them|him|her|any|each|every|all|such|this|those|these|no|one|"
    r"whether|how|why|what|who|another|both|reasons)"
)
_JOINED = re.compile(
    rf"(?:(?:,\s*|\s+)(?:and(?:/or)?|or|but|then)|,)\s*,?\s+(?:{_LY}\s+)*(?P<verb>(?!(?:of|in|on|at|by|to|"
    rf"for|with|from|under|that|which|not|so|as|is|are|"
    rf"per|nor|all|any|some|each|both|within|after|before|than|via|about|against|between|without|including|"
    rf"where|if|when|using|giving|taking|having|making|being)\b)[a-z]+)"
    rf"(?P<particle>\s+(?:{_PARTICLES}(?=\s+{_DETERMINER}\b)|(?:out|up|down|off|aside|away|back)\b))"
    rf"?(?P<after>\s+(?:{_LY}\s+)*[\w’'-]+|\s*[.;:]?\s*$)",
    re.IGNORECASE,
)
_DONE_TOO = re.compile(
    rf"(?:(?:,\s*|\s+)(?:and|or|but)|,(?=\s+\w+\s*(?:,|and\b|or\b)))\s*,?\s+(?:{_LY}\s+)"
    rf"*(?P<verb>{PARTICIPLE})(?:\s+(?P<particle>down|up|out|off|over|back|away))?"
    rf"(?=\s+(?:{_LY}|by|in|on|at|to|within|with|for|from|as|due|against|over|under|through|and|or|not|its|"
    rf"their|no)\b|\s*[,.;:]|\s*$)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:of|to|for|with|between|on|about|from|by|whether|how|that|which|who)\s+(?:[\w’'-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    rf"\b(?:is|are|be|been|being|was|were)\s+(?:not\s+)?(?:{_LY}\s+|always\s+|never\s+|not\s+)"
    rf"*(?:able\s+to\s+(?P<able>\w+)|(?P<done>{PARTICIPLE}))"
    rf"|\b(?:can|cannot|do|does|may|will|could|would|should|must|shall)\s+(?:not\s+)?(?:{_LY}\s+|also\s+)"
    rf"*(?!be\b|not\b)(?P<does>[a-z]+)",
    re.IGNORECASE,
)
_ACTIVE = re.compile(
    rf"(?:(?:[a-z]+[^s\W]s|staff|people|children|personnel|team)\s+(?:{_LY}\s+)*(?P<many>[a-z]+)|(?:it|"
    rf"provider|service|person|body|operator|staff|user|team)\s+(?:{_LY}\s+)*(?P<one>[a-z]+s))\b",
    re.IGNORECASE,
)
_CAUSES = re.compile(
    r"^(?:let|have|allow|enable|require|cause|oblige|permit|help|get|instruct|direct|invite)$", re.IGNORECASE
)


def is_participle(word: str) -> bool:
    """Say whether a word is a past participle: `kept`, `logged`."""
    return _PARTICIPLE.fullmatch(word) is not None


def is_verb(word: str) -> bool:
    """Say whether a word is a verb in its base form that regulators use."""
    return word.lower() in _BASE


def joined_verbs(rest: str, passive: bool) -> list[str]:
    """Return the further verbs of a clause, from what follows its first.

    >>> joined_verbs(" the recording for six months and index it", False)
    ['index']
    """
    if passive:
        return [_with(match) for match in _DONE_TOO.finditer(rest)]
    found = []
    for match in _JOINED.finditer(rest):
        after = match["after"].split()
        determined = bool(match["particle"]) or bool(
            after and re.fullmatch(_DETERMINER, after[0], re.IGNORECASE)
        )
        verb = match["verb"].lower()
        if verb == "be" and after and is_participle(after[0]):
            found.append(after[0])
            continue
        if re.search(r"\bto\s+(?:\w+ly\s+)?[a-z]+$", rest[: match.start()], re.IGNORECASE):
            continue  # `a team to route and handle`: both verbs are of the purpose
        if verb in _BASE and (determined or not _doubtful(verb, after, rest[: match.start()])):
            found.append(_with(match))
    return found


def what_is_to_be(clause: str) -> list[str]:
    """Return the verbs of a clause that says what is to be the case.

    >>> what_is_to_be("illegal content is swiftly taken down")
    ['taken down']
    """
    first, *others = re.split(r",?\s+and\s+that\s+", clause)
    if others:
        return [verb for part in (first, *others) for verb in what_is_to_be(part)]
    plain = re.sub(
        r"\b(?:that|which|who)\s+(?:it\s+|they\s+)?(?:is|are|has|have|was|were|can|may|do|does)\b",
        " ",
        clause,
    )
    for match in _AUXILIARY.finditer(plain):
        word = match["done"] or match["does"] or match["able"]
        particle = re.match(r"\s+(?:down|up|out|off|over|back|away|aside)\b", plain[match.end() :])
        first = f"{word}{particle[0] if particle else ''}"
        return [first, *joined_verbs(plain[match.end() :], bool(match["done"]))]
    for match in _ACTIVE.finditer(plain):
        many, one = (match["many"] or "").lower(), (match["one"] or "").lower()
        if many in _BASE or one[:-1] in _BASE or one[:-2] in _BASE:
            return [match["many"] or match["one"]]
        if one == "has":
            noun = re.match(r"\s+(regard|access)\b", plain[match.end() :])
            return [f"have {noun[1]}" if noun else "have"]
    return []


def caused(verb: str, rest: str) -> list[str]:
    """Return what someone is made or allowed to do: `see` of `let the bank see the report`."""
    if not _CAUSES.match(verb.split()[-1] if verb.split() else ""):
        return []
    if verb.split()[-1].lower() in ("let", "have", "help"):
        bare = re.match(
            rf"\s+(?:the|an?|its|their|any|each)\s+(?:(?!(?:of|in|for|to|on|with|from|by)\b)[\w’'-]+\s+)"
            rf"{{1,3}}?(?P<verb>[a-z]+)(?=\s+(?:{_DETERMINER}|that|to|in|on)\b|\s*[.,]|\s*$)",
            rest,
        )
        done = re.match(
            rf"\s+(?:(?!(?:of|in|for|to|on|with|from|by|that|which)\b)[\w’'-]+\s+)"
            rf"{{1,5}}?(?P<verb>{PARTICIPLE})(?=\s+(?:by|to|in|on|from|at|within|before|down|up|out)\b|"
            rf"\s*[.,;]|\s*$)",
            rest,
        )
        if bare and bare["verb"].lower() in _BASE:
            return [bare["verb"]]
        return [done["verb"]] if done and verb.split()[-1].lower() == "have" else []
    to = re.match(
        r"(?:(?!\b(?:access|that|which|who)\b)[^,.;:]){1,80}?\bto\s+(?:not\s+|\w+ly\s+)?(?P<verb>(?!(?:the|"
        r"an?|its|their|be|any|all|each|such|this|that|it|them)\b)[a-z]+"
        r"(?:\s+(?:down|up|out|off|over|back|away)\b)?)(?:\s+(?:or|and)\s+(?P<other>[a-z]+))?",
        rest,
    )
    if to is None:
        return []
    return [to["verb"], *([to["other"]] if to["other"] and to["other"] in _BASE else [])]


def _doubtful(verb: str, after: list[str], before: str) -> bool:
    """Say whether a word after `and` may be a noun: `logs and test results`, `review and report`."""
    if _ENDS.search(before):
        return True
    if not after:
        return verb in _NOUNS
    return verb in _NOUNS and not re.fullmatch(r"to|on|back|\w+ly|themselves|itself", after[0], re.IGNORECASE)


_NOUNS = _set(
    "act address ask answer approach ban broadcast build charge check contact cover design display document "
    "draft employ exercise file find fit fix"
    " flag focus have help hold index issue label lay light limit link list lock log make mark measure "
    "mention monitor move name offer open order pay"
    " place post process produce promote prompt rank rate read record refund register release repair reply "
    "report request respect return reverse review"
    " sample say scan screen seal search set share show sign stamp start state stop store strike supply "
    "support switch take test track train transfer"
    " treat turn update upload use view watch contract credit debit count sort advise direct present "
    "separate appropriate complete secure level"
)


def _with(match: re.Match[str]) -> str:
    particle = match["particle"]
    return f"{match['verb']}{' ' + particle.strip() if particle else ''}"
