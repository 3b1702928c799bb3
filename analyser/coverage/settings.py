"""The two settings a cell is judged in: a type of service as rules/services.yaml describes it, or a
profile."""

from dataclasses import dataclass

from analyser.coverage.frame import Value
from analyser.profiles.facts import ProfileFacts
from analyser.rulebook.models import ServiceType

_RISKS = ("negligible", "low", "medium", "high")
_BANDS = {"low_or_negligible": ("negligible", "low"), "medium": ("medium",), "high": ("high",)}


class AnySetting:
    """A setting in which every value is possible."""

    key = "anything"

    def allowed(self, fact: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return all of `values`."""
        return values

    def given(self) -> tuple[str, ...] | None:
        """A type stands for many services, which differ in every dimension."""
        return None

    def others(self, harms: frozenset[str], level: str) -> tuple[int, int] | None:
        """Nothing is known of any risk."""
        return None


@dataclass(frozen=True)
class TypeSetting:
    """A type of service: facts that are inherent or alien to it are fixed, the others vary."""

    service: ServiceType

    @property
    def key(self) -> str:
        """The key of the type."""
        return self.service.key

    def allowed(self, fact: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return those of `values` that the type can have."""
        head, _, rest = fact.partition(".")
        if fact == "channel":
            return tuple(value for value in values if value in self.service.channels)
        if head == "service_type":
            return tuple(value for value in values if value is (rest == self.service.key))
        if head == "regime":
            return tuple(value for value in values if value is (rest == self.service.regime))
        known = self.service.facts.get(rest if head == "functionality" else fact)
        if isinstance(known, bool):
            return tuple(value for value in values if value is known)
        return values

    def given(self) -> tuple[str, ...] | None:
        """A type stands for many services, which differ in every dimension."""
        return None

    def others(self, harms: frozenset[str], level: str) -> tuple[int, int] | None:
        """Nothing is known of the other risks of a type."""
        return None


@dataclass(frozen=True)
class ProfileSetting:
    """A profile: what it gives is fixed, what it leaves out varies."""

    facts: ProfileFacts

    @property
    def key(self) -> str:
        """The name of the profile."""
        return f"profile:{self.facts.profile.name}"

    def allowed(self, fact: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return those of `values` that the profile leaves possible."""
        if fact == "size":
            users = self.facts.profile.users()
            if users is None:
                return values
            return tuple(value for value in values if _band_meets(str(value), users))
        known = self.facts.possible(fact)
        if known is None:
            return values
        if fact.startswith("risk."):
            return tuple(value for value in values if set(_BANDS[str(value)]) & set(known))
        if fact == "age_determination":
            return tuple(
                value
                for value in values
                if value in known or (value == "existing_or_better" and set(known) - {"none"})
            )
        return tuple(value for value in values if value in known)

    def given(self) -> tuple[str, ...] | None:
        """A profile with public and private content is judged once for each; every other fact it leaves
        open is unknown."""
        return ("channel",) if len(self.facts.profile.channels()) > 1 else ()

    def others(self, harms: frozenset[str], level: str) -> tuple[int, int] | None:
        """Return the least and greatest number of the kinds that the profile rates at least `level`."""
        least = most = 0
        for harm in harms:
            known = self.facts.possible(f"risk.{harm}") or _RISKS
            at = [value for value in known if _RISKS.index(str(value)) >= _RISKS.index(level)]
            least += len(at) == len(known)
            most += bool(at)
        return least, most


def _band_meets(name: str, users: tuple[int, int | None]) -> bool:
    """Say whether a band of the contract or of a code's own bounds meets a range of user numbers."""
    known = {"under_700k": (0, 700_000), "700k_to_7m": (700_001, 7_000_000), "large": (7_000_001, 10**12)}
    if name in known:
        low, high = known[name]
    elif name.startswith("over_"):
        low, high = int(name.removeprefix("over_")) + 1, 10**12
    else:
        first, last = name.split("_to_")
        low, high = int(first), int(last)
    return users[0] <= high and (users[1] is None or low <= users[1])
