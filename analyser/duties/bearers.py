"""Whose duty a norm is: people owe, things do not, and a pronoun stands for who was named before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.duties.sentences import tidy
from analyser.duties.times import cut_time
from analyser.duties.verbs import is_verb


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLE = re.compile(r"(?:the|an?|each|every|any|all|no)\s", re.IGNORECASE)
PRONOUN = re.compile(r"^(?:it|they|he|she|he or she|this|these|those|both|either|neither)$", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\s*,?\s+(?:(?:to|for|of|in|on|with|by|under|from|about)\s+)?(?:who|which|whom|whose|that|where)\b.*$"
    r"|\s*,?\s+(?:designated|established|operating|having|registered|licensed|listed|named|appointed|"
    r"authorised|based|holding|using|"
    r"employing|whether|including|being|acting|wishing|seeking|referred|not)\b.*$"
    r"|\s+with\s+(?=[^,]*\b(?:\d|than|fewer|less|more|over|under|below|above)).*$|\s*,\s+(?:in|with|for|by|"
    r"at|on|within|under|as|when|where|if|unless|subject|other|except|and\s+(?:in|for|any\s+other))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(
    r"^(.*?)(?=\s+(?:of|for|in|on|with|at|to|from|by|under|about|within|between|against|as|into|over|after|"
    r"before|during|"
    r"referred|concerned|responsible|using)\b|$)",
    re.IGNORECASE | re.DOTALL,
)
_PEOPLE = _set(
    "provider service firm company companies operator platform body bodies individual person people team "
    "function moderator user complainant manager"
    " undertaking organisation organization signatory signatories volunteer flagger staff board committee "
    "regulator undertaker utility utilities"
    " bank insurer institution authority authorities agency agencies association society societies charity "
    "charities council court tribunal panel"
    " laboratory laboratories school university college hospital department ministry ministries office "
    "commission commissioner business businesses"
    " enterprise group party parties network publisher broadcaster supplier member employee worker trainee "
    "child children parent guardian adult"
    " minor customer consumer client recipient affiliate agent merchant trader auditor assessor inspector "
    "reviewer adjudicator mediator director"
    " chair chairman chief head officer official executive president secretary treasurer minister judge "
    "expert specialist analyst technician engineer"
    " scientist chemist contractor subcontractor intermediary intermediaries entity entities controller "
    "processor developer deployer importer"
    " distributor manufacturer seller buyer owner holder licensee permittee grantee appellant applicant "
    "claimant participant joiner player staff"
    " personnel crew someone anyone everyone nobody anybody everybody one other others none human colleague "
    "nominee delegate deputy successor"
    " host co-host administrator master captain carrier issuer acquirer payer payee lender borrower trustee "
    "representative legislator state"
    " government municipality local-authority police force union cooperative co-operative partnership "
    "corporation coalition management leadership"
    " editor journalist author artist presenter producer caller reporter interviewee witness victim "
    "survivor patient doctor nurse teacher pupil student"
    " i we you it they he she desk unit workforce secretariat ombudsman ombudsperson steward registrar "
    "clerk lawyer solicitor accountant being"
    " side subsidiary subsidiaries parent-company firms marketplace exchange app-store gatekeeper "
    "intermediator vendor wholesaler retailer shop"
)
_THINGS = _set(
    "file report notice page policy policies record register folder number banner order server letter "
    "header filter marker paper newsletter content"
    " document statement term terms form list log label summary information data message email warning text "
    "screen site website interface"
    " button link icon control setting tool system process procedure arrangement measure step mechanism "
    "programme plan strategy scheme code rule"
    " standard guideline criteria criterion threshold target limit fee charge price cost time period date "
    "deadline interval frequency sample result"
    " test check review audit inspection assessment evaluation analysis survey study complaint appeal query "
    "request answer reply response decision"
    " outcome reason explanation ground evidence image video picture audio recording stream feed post "
    "comment advert advertisement game software"
    " hardware device machine equipment vehicle vessel pipe tank well valve meter pump plant water sample "
    "tap supply material product item good goods"
    " article part section paragraph schedule annex appendix chapter copy copies version draft template "
    "contract agreement licence permit certificate"
    " name address account profile password key token database archive entry entries book index table "
    "figure chart map diagram model algorithm"
    " technology recommender classifier hash url link channel line route path door gate fence sign signage "
    "light alarm sensor camera signal sound"
    " money fund payment sum amount balance refund deposit stake prize odds bonus offer promotion campaign "
    "event meeting hearing interview session course"
    " shift training lesson exercise drill visit call contact language wording format font size colour "
    "print tone style font right duty duties"
    " obligation responsibility power use access removal storage retention deletion disclosure publication "
    "transfer work job role post quality"
    " level score rate rating ratio percentage share proportion parameter value indicator error fault "
    "failure incident breach leak risk harm damage"
    " action activity activities practice conduct behaviour correction apology particulars file"
)
_THING_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ing|ance|ence|age|ure|ism|sis|logy|ship|acy|ability|ibility|ality|ivity)s?$",
    re.IGNORECASE,
)
_PERSON_ENDING = re.compile(
    r"(?:er|or|ee|ist|ian|man|men|woman|women|person|eer|holder|ary|ant)s?$", re.IGNORECASE
)
_NAMED_PERSON = re.compile(
    r"(?:authority|entity|university|community|charity|utility|municipality)(?:ies)?$", re.IGNORECASE
)
# What things do: a file shows, a notice states, a policy covers.
_THING_VERBS = re.compile(
    r"^\s*(?:\w+ly\s+|also\s+|not\s+)*(?:show|state|say|contain|include|specify|set\s+out|cover|list|"
    r"indicate|display|last|run|comprise|consist|"
    r"appear|take\s+effect|apply|begin|end|remain|identify|give\s+(?:details|reasons|the)|describe|explain|"
    r"name|reflect|correspond|match|exceed|"
    r"fall|reach|bear|carry|read|record|provide\s+for|meet|conform|comply|be\s+(?:in|of|at|on|legible|clear|"
    r"easy|free|accurate|up|no|accessible|written|visible))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Someone or something that a statement of the measure has named, for the pronouns that follow."""

    words: str
    owes: bool
    passive: bool = False


def plain(bearer: str) -> str:
    """Return a bearer as it stands inside a sentence: `The provider` is `the provider`."""
    words = tidy(bearer)
    return words[:1].lower() + words[1:] if _ARTICLE.match(words) else words


def named(words: str) -> str:
    """Return a subject without its relative clauses and asides: `a provider that sells` is `a provider`."""
    kept = _RELATIVE.sub("", words)
    return tidy(kept) if kept.strip() else tidy(words)


def head(subject: str) -> str:
    """Return the head noun of a subject in small letters: `body` of `the governance body for the service`."""
    match = _HEAD.match(named(subject).strip())
    words = re.findall(
        r"[\w-]+", (match[1] if match and match[1].strip() else subject).lower().replace("’", "'")
    )
    return words[-1] if words else ""


def is_agent(subject: str) -> bool:
    """Say whether a subject is someone who can act: a provider, a person, a body, a team."""
    return _stands(head(subject), _PEOPLE) or (
        not is_thing(subject)
        and bool(_PERSON_ENDING.search(head(subject)) or _NAMED_PERSON.search(head(subject)))
    )


def is_thing(subject: str) -> bool:
    """Say whether a subject is a thing, an act or a text, which owes nothing."""
    noun = head(subject)
    if _stands(noun, _PEOPLE) or _NAMED_PERSON.search(noun):
        return False
    return _stands(noun, _THINGS) or bool(_THING_ENDING.search(noun))


def owes(subject: str, predicate: str) -> bool:
    """Say whether the subject of an active verb is its bearer: no thing, nor what does as only things do."""
    if is_thing(subject):
        return False
    return is_agent(subject) or not _THING_VERBS.match(predicate)


def end_of_subject(sentence: str, start: int) -> int:
    """Return where the subject that follows a modal ends: before the first verb, or with an agent."""
    end = start
    for word in re.finditer(r"[\w’'-]+", sentence[start : start + 80]):
        if word.start() and (is_verb(word[0]) or word[0].lower() in ("be", "have")):
            break
        end = start + word.end()
        following = re.match(r"\s+([\w’'-]+)", sentence[end:])
        if is_agent(sentence[start:end]) and not (following and is_agent(following[1])):
            break
    return end


def agent_after_by(words: str, close: bool) -> str:
    """Return who does what is to be done, from the words after `by`; empty where they name no one.

    `close` says that `by` follows its verb at once: then a name the lists do not know is taken for an agent.
    """
    cut = re.split(
        r"\s+(?:and|or)\s+(?=(?:in|at|on|within|by|not|as|shall|should|must|may)\b)"
        r"|\s+(?:rather\s+than|instead\s+of|in|at|on|within|before|after|when|where|if|unless|for|as|to|so|"
        r"through|using|except|save|without)\b|[,.;:()]",
        words,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]
    found = named(tidy(cut_time(cut)))
    determined = re.match(
        r"(?:the|an?|its|their|each|every|any|all|no|one|two|some|such|both|another|staff|trained|qualified|"
        r"someone|persons?|people|human)\b",
        found,
        re.IGNORECASE,
    )
    if not found or is_thing(found) or re.match(r"\w+ing\b", found):
        return ""
    if is_agent(found) or (
        close
        and determined
        and not re.search(r"\b(?:end|close|start|date|day|time|means|way|reference|virtue)\b", found)
    ):
        return found
    return ""


def stands_for(pronoun: str, before: str, earlier: Sequence[Subject]) -> Subject | None:
    """Return what a pronoun stands for: who is named before it in its sentence, else before that.

    One that matches in number is preferred; None where nothing was named.
    """
    many = pronoun.lower() in ("they", "these", "those", "both")
    here = [Subject(words, True) for words in _actors(before)]
    for group in (here, list(reversed(earlier))):
        for one in group:
            person = one.passive and one.owes and not many
            if _is_many(one.words) is many and not person:
                return one
    owing = [one for one in earlier if one.owes]
    return owing[-1] if owing else (here[0] if here else None)


def _actors(before: str) -> list[str]:
    """Return the people and bodies that words name with an article, or as a plural at their head."""
    found: list[str] = []
    for place in re.finditer(r"\b(?:the|an?|each|every|any)\s|^\W*(?=[\w-]+s\b)", before, re.IGNORECASE):
        words = re.match(r"(?:[\w-]+(?:[’']s?)?\s*){1,4}", before[place.start() :].lstrip(" (,"))
        said = words[0].split() if words else []
        for count in range(1 if not _ARTICLE.match(place[0]) else 2, len(said) + 1):
            if re.search(r"[’']s?$", said[count - 1]):
                continue
            if is_agent(" ".join(said[:count])):
                found.append(" ".join(said[:count]))
                break
    return found


def _is_many(words: str) -> bool:
    noun = head(words)
    return bool(re.search(r"[^s]s$", noun)) or noun in (
        "people",
        "staff",
        "children",
        "personnel",
        "others",
        "men",
        "women",
    )


def _stands(noun: str, listed: frozenset[str]) -> bool:
    return (
        noun in listed
        or (noun.endswith("s") and noun[:-1] in listed)
        or (noun.endswith("es") and noun[:-2] in listed)
    )
