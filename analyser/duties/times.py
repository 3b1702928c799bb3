"""The words of a norm that say how soon, how long or how often something is to be done."""

import re
from collections.abc import Sequence
from functools import lru_cache

NUMBER = (
    r"(?:\d[\d,.]*|half|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|"
    r"eighteen|"
    r"twenty|thirty|forty|fifty|sixty|ninety|(?:twenty|thirty|forty|fifty|sixty|ninety)-\w+|several)"
)
PERIOD = r"(?:second|minute|hour|day|night|week|fortnight|month|quarter|season|year|decade)s?"
_KIND = r"(?:(?:working|business|calendar|consecutive|clear|full|further|financial|successive|whole)\s+)?"
_SPAN = rf"(?:(?:an?|the|{NUMBER})\s+(?:more\s+|or\s+more\s+|\(\d+\)\s+)?{_KIND}{PERIOD})"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?(?:\s+and\s+\d{{1,2}}\s+{_MONTH})?|\d{{4}})"
_OF_EACH = (
    rf"(?:\s+(?:of|in)\s+(?:each|every|any|that|the\s+(?:same|following|next))\s+(?:\w+\s+)?{PERIOD})"
    rf"?"
)
_SPOT = (
    rf"(?:(?:the\s+)?(?:start|beginning|middle|close|end|expiry|first|last|last\s+day)\s+of\s+(?:the\s+|"
    rf"each\s+|every\s+|that\s+)?[\w-]+(?:\s+[\w-]+)?"
    rf"(?:\s+{PERIOD})?|{_DATE}|noon|midnight|midday|nightfall|\d{{1,2}}(?:[.:]\d\d)?\s*(?:am|pm|a\.m|p\.m|"
    rf"o’clock)|"
    rf"the\s+(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|tenth|fifteenth|twentieth|last|"
    rf"\w+(?:teenth|tieth|fth|xth|nth|hth))\s+{_KIND}(?:day|week|month)|"
    rf"(?:the|each|every|that)\s+(?:same\s+|next\s+|following\s+|first\s+|last\s+)*{_KIND}{PERIOD})"
    rf"(?:\s+(?:on|of|after|following)\s+(?:the\s+|each\s+|every\s+)?(?:(?:following|next|same)\s+)"
    rf"?(?:{_KIND}{PERIOD}|{_DATE}))?"
)
SOON = (
    r"as\s+(?:soon|early|quickly|swiftly|promptly|speedily|rapidly|fast)\s+as(?:\s+(?:is|it\s+is|they\s+are|"
    r"it))?"
    r"(?:\s+reasonably)?\s+(?:practicable|possible|feasible|can)(?:\s+(?:after(?:wards)?|thereafter))?"
)
_OFTEN = (
    rf"(?:once|twice|thrice|{NUMBER}\s+times)\s+(?:(?:in\s+)?(?:an?|each|every|per|any|in)\s+(?:\w+\s+)"
    rf"?{PERIOD})|"
    rf"(?:once\s+)?(?:in\s+)?(?:every|each)\s+(?:other\s+|second\s+|single\s+)?(?:{NUMBER}\s+)"
    rf"?{_KIND}{PERIOD}|(?:once\s+)?per\s+{PERIOD}|"
    rf"(?:once|twice)\s+(?:annually|yearly|monthly|weekly|daily)|once"
)
_ADJECTIVES = (
    r"annual(?:ly)?|bi-?annual(?:ly)?|semi-?annual(?:ly)?|half-?yearly|twice-yearly|six-monthly|"
    r"biennial(?:ly)?|yearly|quarterly|"
    r"bi-?monthly|monthly|fortnightly|bi-?weekly|weekly|daily|nightly|hourly|round-the-clock"
)
_FLOOR = (
    r"(?:at\s+least|not?\s+less\s+(?:often|frequently)\s+than|no\s+more\s+than|at\s+most|"
    r"not\s+less\s+than|a\s+minimum\s+of)"
)
_SPEED = (
    r"(?:as\s+)?(?:swiftly|promptly|quickly|speedily|rapidly|expeditiously)(?:\s+as\s+(?:reasonably\s+)"
    r"?(?:possible|practicable|feasible))?|"
    r"immediately|instantly|forthwith|straight\s?away|right\s+away|at\s+once|there\s+and\s+then|"
    r"then\s+and\s+there|on\s+the\s+spot|in\s+real\s+time|"
    r"urgently|instantaneously|post-?haste|(?:in\s+a\s+)?timely|"
    r"without\s+(?:any\s+)?(?:(?:undue|unreasonable|unnecessary|avoidable|further|culpable|unjustified)\s+)"
    r"?(?:delay|loss\s+of\s+time)|"
    r"with\s+(?:all\s+)?(?:due\s+|reasonable\s+|utmost\s+|the\s+utmost\s+|possible\s+|appropriate\s+)"
    r"?(?:speed|haste|dispatch|despatch|expedition|promptness|urgency)|"
    r"in\s+(?:good|due)\s+(?:time|course)|at\s+the\s+(?:earliest|first|next)\s+(?:possible\s+|"
    r"practicable\s+|available\s+|reasonable\s+)?"
    r"(?:opportunity|moment|time|occasion|date)(?:\s+thereafter)?"
)
_REPEATED = (
    r"regular(?:ly)?|periodic(?:ally)?|continuous(?:ly)?|continual(?:ly)?|constantly|frequently|"
    r"from\s+time\s+to\s+time|"
    r"at\s+(?:regular|frequent|suitable|appropriate|reasonable|fixed|set|stated|planned|short|specified)"
    r"\s+intervals|"
    rf"at\s+intervals(?:\s+of\s+(?:not?\s+(?:more|less)\s+than\s+|at\s+(?:least|most)\s+)?{_SPAN})?|"
    r"on\s+(?:an\s+ongoing|a\s+(?:continuing|continuous|regular|rolling|daily|weekly|monthly|quarterly|"
    r"yearly|permanent))\s+basis|"
    r"at\s+(?:all|any)\s+(?:(?:reasonable|sensible)\s+)?(?:times?|hours?|moment)|at\s+(?:a|the)\s+(?:same|"
    r"comparable|similar|suitable|reasonable)\s+(?:time|hour)s?|"
    r"day\s+and\s+night|around\s+the\s+clock|as\s+often(?:\s+thereafter)?\s+as\s+[^,.;:]+|"
    r"whenever\s+it\s+(?:likes|pleases)"
)
_TO_WHEN = (
    r"until|till|up\s+to|no\s+later\s+than|not\s+later\s+than|at\s+the\s+latest(?:\s+(?:by|on|at|when))?"
)
_TIMING = re.compile(
    r"(?<![\w-])(?:"
    rf"(?:for\s+)?(?:as|so)\s+long\s+as(?:,[^,;.]+,)?[^,;.:]+(?<=\bfor\b)|for\s+(?:as|so)"
    rf"\s+long\s+as(?:,[^,;.]+,)?\s*[^,;.:]*|"
    rf"before,?\s+or\s+{SOON}|{SOON}|{_SPEED}|"
    rf"(?:within|inside)\s+(?:not\s+more\s+than\s+|no\s+more\s+than\s+|at\s+most\s+)?(?:an?\s+|the\s+|"
    rf"any\s+|{NUMBER}\s+)[^,.;:()]{{0,40}}?(?:\b{PERIOD}|\btimes?|\btimeframes?|\btime\s+limits?|"
    rf"\bperiods?|\bdeadlines?)(?:\s+(?:stated|set|laid\s+down|specified|fixed|given|named|required)"
    rf"\s+[^,.;:()]{{0,40}}?(?=\s+(?:and|or|unless|if|where|when)\b|[,.;:()]|$))?|"
    r"(?:within|inside)\s+(?:[\w-]+\s+){0,2}(?:timeframes?|time\s+limits?|periods?|deadlines?)|"
    rf"(?:by|from|as\s+from|before)\s+(?:no\s+later\s+than\s+)?(?:{_SPOT}){_OF_EACH}|(?:on|by)"
    rf"\s+{_DATE}{_OF_EACH}|"
    rf"(?:on\s+)?the\s+(?:same|next|following)\s+(?:working\s+|business\s+)?day|"
    rf"on\s+the\s+day\s+(?:on\s+which\s+)?(?:it|they|he|she|the)\s+[\w’' -]+?(?=\s+(?:and|or|unless|if|"
    rf"where)\b|[,;:.]|$)|at\s+the\s+time\s+(?:of|when)\s+[^,;:.]+|on\s+(?:release|arrival|entry|joining|"
    rf"appointment|opening|"
    rf"(?:each|every)\s+[\w-]+|the\s+(?:first|last)\s+{_KIND}day\s+of\s+(?:each|every|the)\s+\w+)|"
    rf"no\s+later\s+than\s+[^,;:.()]+?(?=\s+(?:and|or|unless|if|where|when|except)\s+(?!\d)|[,;:.()]|$)|"
    rf"not\s+later\s+than\s+[^,;:.()]+?(?=\s+(?:and|or|unless|if|where|when|except)\s+(?!\d)|[,;:.()]|$)|"
    rf"at\s+the\s+latest(?:\s+(?:by|on|at|when|within|before)\s+[^,;:.()]+)?|(?:until|till)\s+[^,;:.()]+|"
    rf"{_FLOOR}\s+(?:{_OFTEN}|{_ADJECTIVES}|{_SPAN}\s+(?:before|after|in\s+advance)(?:hand)?)|"
    rf"(?:for|during|throughout)\s+(?:a\s+(?:(?:minimum|maximum|further|reasonable|fixed|suitable)\s+)"
    rf"*period(?:\s+of\s+(?:at\s+least\s+|not?\s+(?:more|less)\s+than\s+|up\s+to\s+)?{_SPAN}|"
    rf"\s+(?:to\s+be\s+)?(?:fixed|set|stated|chosen|named|determined|specified|laid\s+down)\s+[^,;:.()]+|\b)"
    rf"|"
    rf"(?:at\s+least\s+|not?\s+(?:more|less|longer|fewer)\s+than\s+|more\s+than\s+|up\s+to\s+|"
    rf"the\s+(?:first|next|last|following|whole|entire)\s+|(?:no\s+)?longer\s+than\s+)?(?:{_SPAN}|"
    rf"(?:{NUMBER}\s+)?{_KIND}{PERIOD}|life\b))(?:\s+(?:after|from|following|of|beginning)\s+(?:the\s+)"
    rf"?[^,;:.()]+?(?=\s+(?:and|or|unless|if|where|when|except)\s+(?!\d)|[,;:.()]|$))?|"
    rf"(?<!than\s){_SPAN}\s+(?:before(?:hand)?|after(?:wards)?|in\s+advance|prior\s+to)\b|"
    rf"(?<!at\sleast\s)(?:{_OFTEN})(?!\s+(?:it|the|they|an?|its|their|this|that|each|these|he|she)\b)|"
    rf"{_REPEATED}|{_ADJECTIVES}|"
    r"beforehand|initially|in\s+advance|in\s+the\s+first\s+instance|indefinitely|permanently|temporarily"
    r")(?![\w-])",
    re.IGNORECASE,
)
# What a thing is called by its time is no time of the duty: `monthly users`, `daily stakes`, `one-year plan`.
_CALLED = re.compile(
    r"\s+(?:active\s+)?(?:(?:United\s+Kingdom\s+|UK\s+)?(?:users?|customers?|subscribers?|visitors?|"
    r"turnover|fees?|charges?|wages?|rent|revenue|results?|traffic|limits?|listeners?|viewers?|recipients?|"
    r"takings|volumes?))\b",
    re.IGNORECASE,
)
_GERUND = re.compile(
    r"\b(?!(?:being|during|everything|nothing|anything|something|thing|hearing|meeting|training)\b)"
    r"\w+ing\s+$",
    re.IGNORECASE,
)
_SPEED_ALONE = re.compile(r"\w+ly$", re.IGNORECASE)
_TALKED_OF = re.compile(
    r"\b(?:needs?|desirab\w+|importan\w+|interests?|benefits?|advantages?|likelihood|ability|capab\w+|"
    r"purpose)\s+(?:\w+\s+)?(?:of|in|to|that|for)\s[^,;:.]*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)
def time_spans(words: str) -> tuple[tuple[int, int], ...]:
    """Return where words of time stand, in order."""
    return tuple(
        match.span()
        for match in _TIMING.finditer(words)
        if not (
            _SPEED_ALONE.match(match[0])
            and _GERUND.search(words[max(0, match.start() - 160) : match.start()])
        )
        and not _CALLED.match(words, match.end())
        and not _TALKED_OF.search(words[max(0, match.start() - 160) : match.start()])
    )


def read_timing(words: str, besides: Sequence[tuple[int, int]] = ()) -> str:
    """Return the words that say how soon or how often, joined by semicolons, each once.

    `besides` are the places (start, end) of conditions, whose times are not those of the duty.

    >>> read_timing("The provider should review the list promptly and at least every six months.")
    'promptly; at least every six months'
    """
    found = [
        " ".join(words[start:end].split())
        for start, end in time_spans(words)
        if not any(first < start < last for first, last in besides)
    ]
    return "; ".join(dict.fromkeys(found))


def cut_time(words: str) -> str:
    """Return words without the words of time in them."""
    return _TIMING.sub("", words)
