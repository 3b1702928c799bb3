"""The search for reference cycles is put off for a block, and left as it was found."""

import gc

import pytest

from analyser.uncollected import uncollected


@pytest.mark.parametrize("looking", [True, False])
def test_it_is_left_as_it_was_found(looking: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if looking else gc.disable)()
        seen: list[bool] = []
        with pytest.raises(ZeroDivisionError), uncollected():
            seen.append(gc.isenabled() or bool(1 / 0))
        assert gc.isenabled() is looking
        with uncollected():
            seen.append(gc.isenabled())
        assert seen == [False]
        assert gc.isenabled() is looking
    finally:
        (gc.enable if was else gc.disable)()
