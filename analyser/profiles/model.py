"""A profile: the facts of one concrete or archetypal service; what is left out is unknown."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from analyser.model.base import Frozen

Size = Literal["under_700k", "700k_to_7m", "large"]
Risk = Literal["negligible", "low", "medium", "high"]
Age = Literal["none", "existing", "highly_effective"]
Channel = Literal["public", "private"]

SIZES: dict[str, tuple[int, int | None]] = {
    "under_700k": (0, 700_000),
    "700k_to_7m": (700_001, 7_000_000),
    "large": (7_000_001, None),
}
RISKS: tuple[Risk, ...] = ("negligible", "low", "medium", "high")
AGES: tuple[Age, ...] = ("none", "existing", "highly_effective")
OTHERS = "others"


def size_of(users: int) -> Size:
    """Return the size band of a number of monthly UK users; 700,000 and 7,000,000 lie in the lower band.

    >>> size_of(7_000_000)
    '700k_to_7m'
    """
    if users <= 700_000:
        return "under_700k"
    return "700k_to_7m" if users <= 7_000_000 else "large"


def _category(value: object) -> object:
    """Take `1`, `2A` and `category 2a` as the keys 1 and 2a."""
    return str(value).lower().removeprefix("category ").strip() if isinstance(value, str | int) else value


Category = Annotated[Literal["1", "2a", "2b"], BeforeValidator(_category)]


class Profile(Frozen):
    """The facts of one service as its file gives them (contract, "Profile file"); None is unknown.

    `service_types` and `category` are complete where they are given: what they do not list is no. `risk`
    gives the provider's own rating by kind of harm, `others` that of every kind not named.
    `content_visibility: both` is judged once per channel.
    """

    name: str = ""
    service: Literal["user-to-user", "search"] | None = None
    service_types: tuple[str, ...] | None = None
    uk_monthly_users: int | None = Field(None, ge=0)
    size: Size | None = None
    category: tuple[Category, ...] | None = None
    risk: dict[str, Risk | None] = Field(default_factory=dict)
    likely_accessed_by_children: bool | None = None
    age_determination: Age | None = None
    content_visibility: Literal["public", "private", "both"] | None = None
    end_to_end_encrypted: bool | None = None
    peer_to_peer: bool | None = None
    ephemeral: bool | None = None
    provider_can_read_content: bool | None = None
    pornography_principal_purpose: bool | None = None
    functionalities: dict[str, bool | None] = Field(default_factory=dict)
    volunteer_moderators: bool | None = None
    proactive_technology: bool | None = None
    user_accounts: bool | None = None
    search_type: Literal["general", "vertical", "downstream"] | None = None

    def users(self) -> tuple[int, int | None] | None:
        """Return the least and the greatest number of monthly UK users it can have (None: no end)."""
        if self.uk_monthly_users is not None:
            return self.uk_monthly_users, self.uk_monthly_users
        return SIZES[self.size] if self.size else None

    def channels(self) -> tuple[Channel, ...]:
        """Return the channels to judge it for: one, or both in turn; empty when its visibility is unknown."""
        if self.content_visibility is None:
            return ()
        return ("public", "private") if self.content_visibility == "both" else (self.content_visibility,)


FLAGS: frozenset[str] = frozenset(
    {
        "likely_accessed_by_children",
        "end_to_end_encrypted",
        "peer_to_peer",
        "ephemeral",
        "provider_can_read_content",
        "pornography_principal_purpose",
        "volunteer_moderators",
        "proactive_technology",
        "user_accounts",
    }
)
