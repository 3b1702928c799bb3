"""Any words at all are read: into a condition whose limbs stand in the text, never into an exception."""

from hypothesis import given
from hypothesis import strategies as st

from analyser import library
from analyser.applications.conditions import key_of
from analyser.applications.read import read_provision
from analyser.applications.vocabulary import Vocabulary, vocabulary
from analyser.errors import InputError
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown

from .truth_tables import leaves

WORDS = """\
this measure applies to a provider in respect of each service it provides that is a large service and or
not no but only if where unless other than except save that either both neither nor none of any of at
least two of the following exactly one of all of without with who which whether or not regardless of
including in any other case otherwise it also applies to despite sub-paragraph (2) paragraph 4 does not
apply to is exempt from nothing in must comply with the exemption condition A is met high medium or low
risk of fraud grooming hate any kind of illegal harm two or more kinds of illegal harm the risk of is
more than 700,000 7 million monthly active UK users fewer than direct messaging enables livestreaming
marketplaces forums dating services likely to be accessed by children end-to-end encrypted existing means
of determining the age of users having dragons . , ; : ( ) (a) (b) (i) (ii) (1) both of in the case of
subject to the further conditions in as must platform s the"""
PIECES = [
    *WORDS.split(),
    "\n- (a) ", "\n- (b) ", "\n  - (i) ", "\n  - (ii) ", "\n- (1) ", "\n- ", "\n(2) ",
    "\n\nother than ",
    "high risk of ", "medium or high risk of ", "that is: ", "at least two of the following",
    "does not apply",
]  # fmt: skip
WORD_BOOK: Vocabulary = vocabulary(library.rulebook(), ("terrorism", "csea", "hate", "fraud"))


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join))
def test_any_soup_of_words_is_read(words: str) -> None:
    source = parse_markdown(f"## ICU Z1 A measure\n\n### Application\n\nZ1.1 {words}", "a.md")
    try:
        document = parse(source, Numbering(prefix="ICU"), "icu")
    except InputError:  # an item given twice
        return
    for provision in document.measures[0].application:
        condition, _ = read_provision(provision, document.text, WORD_BOOK)
        for limb in leaves(condition):
            assert limb.span is not None
            assert provision.span.holds(limb.span)
        again, _ = read_provision(provision, document.text, WORD_BOOK)
        assert key_of(again) == key_of(condition)
