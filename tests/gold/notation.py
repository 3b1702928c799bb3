"""The notation in which labels write a condition over the facts of a service (GUIDE.md, section 5)."""

import re

from analyser.errors import nearest
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Comparison, Condition, Not, Unread
from analyser.profiles.model import AGES, FLAGS, RISKS

LARGE = 7_000_000
_TOKEN = re.compile(r'\s*([()]|"[^"]*"|[^\s()"]+)')
_COMPARISONS: dict[str, Comparison] = {"=": "=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}
# The names stand here, not in the rules, so that labels hold while rules change.
PARTS_OF = {"csea": ("grooming", "image_based_csam", "csam_urls")}
HARMS = (
    "terrorism",
    "csea",
    "grooming",
    "image_based_csam",
    "csam_urls",
    "hate",
    "harassment",
    "controlling_or_coercive_behaviour",
    "intimate_image_abuse",
    "extreme_pornography",
    "sexual_exploitation_of_adults",
    "human_trafficking",
    "unlawful_immigration",
    "fraud",
    "proceeds_of_crime",
    "drugs",
    "weapons",
    "suicide_and_self_harm",
    "foreign_interference",
    "animal_cruelty",
    "cyberflashing",
    "other_illegal_content",
)
TYPES = (
    "social_media",
    "messaging",
    "gaming",
    "adult",
    "forum",
    "marketplace",
    "dating",
    "file_sharing",
    "video_sharing",
    "livestreaming",
    "fundraising",
    "audio_sharing",
    "information_sharing",
    "general_search",
    "vertical_search",
)
FUNCTIONALITIES = (
    "images_or_video",
    "direct_messaging",
    "group_messaging",
    "comments",
    "posts",
    "livestreaming",
    "user_profiles",
    "user_connections",
    "user_groups",
    "user_search",
    "content_search",
    "hyperlinks",
    "reposting",
    "location_sharing",
    "network_expansion_prompts",
    "connection_lists",
    "content_recommender",
    "recommender_testing",
    "payments",
    "listings",
    "anonymous_use",
    "labelling_scheme",
)
KINDS = tuple(
    harm for harm in HARMS if harm not in (*PARTS_OF["csea"], "other_illegal_content")
)  # those that `any-kind` and `multi-risk` count
_LISTED = {"risk": HARMS, "service_type": TYPES, "functionality": FUNCTIONALITIES}
_PLAIN = (
    *sorted(FLAGS),
    "predictive_search",
    "channel",
    "age_determination",
    *("category.1", "category.2a", "category.2b"),
    *("search_type.general", "search_type.vertical", "search_type.downstream"),
    *("regime.search", "regime.user-to-user"),
)


class NotationError(ValueError):
    """Words that are no condition; the message says which and what would be."""


def read_condition(words: str) -> Condition:
    """Return the condition that the notation means; NotationError says what is wrong.

    >>> read_condition("(and large (>= risk.fraud medium))").node
    'all'
    """
    tokens: list[str] = []
    place = 0
    while place < len(words.rstrip()):
        match = _TOKEN.match(words, place)
        if match is None:
            raise NotationError(f"cannot be read from `{words[place : place + 20]}` on")
        tokens.append(match[1])
        place = match.end()
    parsed = _Reader(tokens).operands(closed=False)
    if len(parsed) != 1:
        raise NotationError(f"holds {len(parsed)} conditions: join them with (and …) or (or …)")
    return parsed[0]


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def operands(self, closed: bool) -> list[Condition]:
        """Read conditions up to the closing bracket (`closed`) or the end."""
        found: list[Condition] = []
        while self.at < len(self.tokens) and self.tokens[self.at] != ")":
            token = self._next()
            found += self._form() if token == "(" else self._word(token)
        if closed:
            if self.at == len(self.tokens):
                raise NotationError("a bracket is not closed")
            self.at += 1
        elif self.at < len(self.tokens):
            raise NotationError("a bracket is closed that was not opened")
        return found

    def _next(self) -> str:
        if self.at == len(self.tokens):
            raise NotationError("ends too soon")
        self.at += 1
        return self.tokens[self.at - 1]

    def _form(self) -> list[Condition]:
        head = self._next()
        if head == "words":
            return [self._words()]
        if head in _COMPARISONS:
            fact, value = self._next(), self._next()
            if self._next() != ")":
                raise NotationError(f"({head} {fact} {value} …) takes one fact and one value")
            return [self._comparison(_COMPARISONS[head], fact, value)]
        if head.isdigit() and self._next() != "of":
            raise NotationError(f"after `{head}` the word `of` must stand: ({head} of …)")
        parts = tuple(self.operands(closed=True))
        if not parts:
            raise NotationError(f"({head}) joins nothing")
        if head == "and":
            return [All(parts=parts)]
        if head == "or":
            return [AnyOf(parts=parts)]
        if head == "not":
            if len(parts) != 1:
                raise NotationError("(not …) takes one condition")
            return [Not(part=parts[0])]
        if head.isdigit():
            return [AtLeast(count=int(head), parts=parts)]
        raise NotationError(f"`({head} …)` is no form; it may be and, or, not, N of, words, or = > >= < <=")

    def _words(self) -> Condition:
        quoted = self._next()
        if not quoted.startswith('"') or len(quoted) < 3 or self._next() != ")":
            raise NotationError('(words "…") takes one quotation')
        return Unread(words=quoted.strip('"'))

    def _comparison(self, op: Comparison, fact: str, value: str) -> Condition:
        if fact == "uk_monthly_users":
            if not value.isdigit():
                raise NotationError(f"`{value}` is no whole number (write it without commas)")
            return Atom(fact=fact, op=op, value=int(value))
        scale = AGES if fact == "age_determination" else RISKS if fact.startswith("risk.") else ()
        if fact == "channel":
            if op != "=" or value not in ("public", "private"):
                raise NotationError("`channel` can only be = public or = private")
        elif not scale:
            raise NotationError(f"`{fact}` has no values to compare; a yes/no fact stands by itself")
        elif value not in scale:
            raise NotationError(f"`{fact}` may be {', '.join(scale)}, not `{value}`")
        self._known(fact)
        return Atom(fact=fact, op=op, value=value)

    def _word(self, word: str) -> list[Condition]:
        any_kind: list[Condition] = [Atom(fact=f"risk.{kind}", op=">=", value="medium") for kind in KINDS]
        match word:
            case "every-service":
                return [All(parts=())]
            case "large":
                return [Atom(fact="uk_monthly_users", op=">", value=LARGE)]
            case "any-kind":
                return any_kind
            case "multi-risk":
                return [AtLeast(count=2, parts=tuple(any_kind))]
        if word.startswith("risk.") or word in ("uk_monthly_users", "age_determination", "channel"):
            raise NotationError(f"`{word}` needs a value, such as (>= {word} …)")
        self._known(word)
        return [Atom(fact=word, op="=", value=True)]

    def _known(self, fact: str) -> None:
        head, _, key = fact.partition(".")
        listed = _LISTED.get(head)
        if key not in listed if listed else fact not in _PLAIN:
            known = [f"{head}.{one}" for one in listed] if listed else _PLAIN
            raise NotationError(f"there is no fact `{fact}`. {nearest(fact, known)}")
