"""What a profile says of the facts that conditions ask about, in three values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from analyser.model.base import Truth
from analyser.model.logic import Atom
from analyser.profiles.model import AGES, FLAGS, OTHERS, RISKS, Channel, Profile, Risk, size_of
from analyser.rulebook.models import Rulebook

Value = bool | int | str


class Facts(Protocol):
    """Anything that can answer for the facts of a service: a profile, or a scenario of a type of service."""

    def value_of(self, fact: str) -> Value | None:
        """Return the value of a fact, or None when it is unknown."""
        ...

    def judge_atom(self, atom: Atom) -> Truth:
        """Say whether one comparison holds."""
        ...


@dataclass(frozen=True, slots=True)
class Raised:
    """A kind of harm rated `given` and taken as `taken`, as its sub kind `by` is rated so (an inference)."""

    kind: str
    given: str
    taken: str
    by: str


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """The facts of a profile, for one of its channels where `channel` is given.

    `sub_kinds` says which harms are parts of which (CSEA: grooming and so on): a kind is rated at least as
    high as the highest of its sub kinds (an inference; `raised` says where it changes a rating).
    """

    profile: Profile
    sub_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    channel: Channel | None = None

    @classmethod
    def of(cls, profile: Profile, rulebook: Rulebook, channel: Channel | None = None) -> "ProfileFacts":
        """Return the facts of a profile, with the sub kinds of harm that the rules list."""
        sub_kinds: dict[str, tuple[str, ...]] = {}
        for harm in rulebook.harms:
            if harm.parent:
                sub_kinds[harm.parent] = (*sub_kinds.get(harm.parent, ()), harm.key)
        return cls(profile, sub_kinds, channel)

    def value_of(self, fact: str) -> Value | None:
        """Return the value of a fact, or None when the profile leaves it open.

        Facts as in `Atom`, and `size` for the band. A kind's risk is at least the highest of its sub kinds.
        """
        known = self.possible(fact)
        return known[0] if known is not None and len(known) == 1 else None

    def judge_atom(self, atom: Atom) -> Truth:
        """Say whether a comparison holds: yes or no if every value the fact can have agrees, else unknown."""
        if atom.fact == "uk_monthly_users":
            return _judge_users(self.profile.users(), atom)
        known = self.possible(atom.fact)
        if known is None:
            return Truth.UNKNOWN
        return _agreed(compare(value, atom) for value in known)

    def possible(self, fact: str) -> tuple[Value, ...] | None:
        """Return every value a fact can have given the profile; None when there is no short list of them."""
        profile = self.profile
        head, _, key = fact.partition(".")
        if fact in FLAGS:
            return _flag(getattr(profile, fact))
        match head:
            case "uk_monthly_users":
                return None if profile.uk_monthly_users is None else (profile.uk_monthly_users,)
            case "size":
                users = profile.users()
                return (size_of(users[0]),) if users else ("under_700k", "700k_to_7m", "large")
            case "risk":
                return self._risks(key)
            case "age_determination":
                return (profile.age_determination,) if profile.age_determination else AGES
            case "channel":
                return (self.channel,) if self.channel else profile.channels() or ("public", "private")
            case "functionality":
                return _flag(profile.functionalities.get(key))
            case "service_type":
                return _listed(key, profile.service_types)
            case "category":
                return _listed(key, profile.category)
            case "regime":
                return _flag(None if profile.service is None else profile.service == key)
            case "search_type":
                if profile.service == "user-to-user":
                    return (False,)
                return _flag(None if profile.search_type is None else profile.search_type == key)
            case _:
                return None

    def raised(self) -> tuple[Raised, ...]:
        """Return each kind whose rating is raised to that of one of its sub kinds."""
        found = []
        for kind, parts in self.sub_kinds.items():
            own, taken = self._rating(kind), self.value_of(f"risk.{kind}")
            cause = next((part for part in parts if self._rating(part) == taken), None)
            if own and taken != own and cause:
                found.append(Raised(kind=kind, given=own, taken=str(taken), by=cause))
        return tuple(found)

    def unraised(self, kind: str) -> "ProfileFacts":
        """Return the same facts with a kind rated as given, whatever its sub kinds are rated."""
        rest = {key: parts for key, parts in self.sub_kinds.items() if key != kind}
        return ProfileFacts(self.profile, rest, self.channel)

    def _rating(self, harm: str) -> Risk | None:
        risk = self.profile.risk
        return risk[harm] if harm in risk else risk.get(OTHERS)

    def _risks(self, harm: str) -> tuple[Risk, ...]:
        """Return the ratings a kind can have: none lower than its highest known sub kind."""
        own = self._rating(harm)
        parts = [rating for part in self.sub_kinds.get(harm, ()) if (rating := self._rating(part))]
        floor = max((RISKS.index(rating) for rating in parts), default=0)
        if own:
            return (RISKS[max(floor, RISKS.index(own))],)
        return RISKS[floor:]


def compare(value: Value, atom: Atom) -> bool:
    """Say whether one value satisfies a comparison; words compare by their order in the scale they belong to.

    >>> compare("high", Atom(fact="risk.fraud", op=">=", value="medium"))
    True
    """
    left, right = _ordered(value, atom.value)
    match atom.op:
        case "=":
            return left == right
        case "!=":
            return left != right
        case ">":
            return left > right
        case ">=":
            return left >= right
        case "<":
            return left < right
        case "<=":
            return left <= right


def _ordered(value: Value, other: Value) -> tuple[float, float]:
    """Put two values on one scale; values of no scale can only be equal or not."""
    scale: Sequence[str]
    for scale in (RISKS, AGES, ("under_700k", "700k_to_7m", "large")):
        if value in scale and other in scale:
            return scale.index(str(value)), scale.index(str(other))
    if isinstance(value, int) and isinstance(other, int):
        return value, other
    return 0.0, 0.0 if value == other else float("nan")


def _judge_users(users: tuple[int, int | None] | None, atom: Atom) -> Truth:
    """Judge a comparison with a number of users over every number the service can have."""
    if users is None or isinstance(atom.value, bool) or not isinstance(atom.value, int):
        return Truth.UNKNOWN
    least, greatest = users
    bound = atom.value
    tried = {least, least if greatest is None else greatest}
    # Between the ends a comparison changes only at the bound itself and next to it.
    for near in (bound - 1, bound, bound + 1):
        if near >= least and (greatest is None or near <= greatest):
            tried.add(near)
    return _agreed(compare(number, atom) for number in tried)


def _agreed(answers: Iterable[bool]) -> Truth:
    found = set(answers)
    if len(found) != 1:
        return Truth.UNKNOWN
    return Truth.YES if found.pop() else Truth.NO


def _flag(value: bool | None) -> tuple[bool, ...]:
    return (True, False) if value is None else (value,)


def _listed(key: str, complete: Sequence[str] | None) -> tuple[bool, ...]:
    return (True, False) if complete is None else (key in complete,)
