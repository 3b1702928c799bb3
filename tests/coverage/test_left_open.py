"""A cell judged only by what is left open says the same as the whole judgement, whatever is struck out."""

from itertools import combinations

from analyser.analysis import Analysis
from analyser.coverage.cells import Judgement
from analyser.model.base import Function


def summed(judgement: Judgement) -> tuple[int, int]:
    """Return where the groups of a judgement are gaps, and where they are open by design."""
    gap = by_design = 0
    for group in judgement.groups:
        gap |= group.mask if group.is_gap else 0
        by_design |= group.mask if group.by_design else 0
    return gap, by_design


def test_what_is_left_open_is_the_gaps_of_the_judgement(analysis: Analysis) -> None:
    surveyor, seen, closed = analysis.surveyor, 0, 0
    for key, setting in analysis.settings.items():
        for harm in analysis.study.revision.harms[:8]:
            for function in Function:
                whole = surveyor.judge(setting, harm, function)
                causes = sorted({cause for group in whole.groups for cause in group.causes})
                for number in range(min(len(causes), 2) + 1):
                    for struck in combinations(causes, number):
                        judged = surveyor.judge(setting, harm, function, without=struck)
                        left = surveyor.left(setting, harm, function, struck)
                        assert left == summed(judged), (key, harm, function, struck)
                        seen += 1
                        closed += left != summed(whole)
    assert seen > 1000
    assert closed > 100


def test_cells_that_ask_the_same_of_the_same_scenarios_share_a_frame(analysis: Analysis) -> None:
    surveyor = analysis.surveyor
    frames = {id(cell.judgement.frame) for cell in analysis.cells}
    assert len(frames) < len(analysis.cells) / 5
    for key, setting in analysis.settings.items():
        for function in Function:
            frame = surveyor.frame(setting, analysis.study.leaves[0], function)
            own = {dimension.fact: dimension.values for dimension in frame.dimensions}
            for fact, values in own.items():
                if not fact.startswith(("others", "risk")):
                    assert setting.allowed(fact, values) in (values, ()), (key, function, fact)
