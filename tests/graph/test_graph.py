"""The graph from the words to the uncovered people: typed, complete, each gap a path to be read aloud."""

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx
import pytest

from analyser.analysis import Analysis
from analyser.graph.build import build_graph, held_alone, path_to
from analyser.reporting.rows import GapRow

if TYPE_CHECKING:
    from analyser.graph.build import Graph

NODES = {
    "revision",
    "measure",
    "provision",
    "duty",
    "qualifier",
    "exemption",
    "application atom",
    "feature",
    "service type",
    "harm",
    "function",
    "statute",
    "evidence",
    "expectation",
    "change",
    "gap",
}
EDGES = {
    "contains",
    "imposes",
    "qualifies",
    "lifts",
    "narrows",
    "softens",
    "invocable_by",
    "applies_to",
    "addresses",
    "serves",
    "leaves_uncovered",
    "compensated_by",
    "closed_by",
    "evidenced_by",
    "displaced",
    "arguable",
    "stands",
}


@pytest.fixture(scope="module")
def graph(analysis: Analysis) -> "Graph":
    return analysis.graph


@pytest.fixture(scope="module")
def rows(analysis: Analysis) -> tuple[GapRow, ...]:
    return tuple(item.row for item in analysis.ranked_gaps(include_all=True))


def of_type(graph: "Graph", types: set[str]) -> set[str]:
    return {node for node in graph if graph.nodes[node]["type"] in types}


def test_every_node_and_edge_has_a_type_and_every_node_its_words(graph: "Graph") -> None:
    assert of_type(graph, NODES) == set(graph)
    assert all(data["text"] for _, data in graph.nodes(data=True))
    assert {graph.edges[edge]["type"] for edge in graph.edges} <= EDGES


def test_everything_the_rows_name_is_a_node(
    analysis: Analysis, graph: "Graph", rows: tuple[GapRow, ...]
) -> None:
    study = analysis.study
    assert {measure.id for measure in study.document.measures} <= set(graph)
    assert set(study.duty_by_id) | set(study.by_id) <= set(graph)
    assert {row.id for row in rows} <= set(graph)


def test_nothing_hangs_loose(graph: "Graph") -> None:
    """Every paragraph, duty and exemption is reached from the revision."""
    (root,) = of_type(graph, {"revision"})
    reached = networkx.descendants(graph, root) | {root}
    told = {"measure", "provision", "duty", "exemption", "qualifier", "application atom"}
    assert of_type(graph, told) <= reached


def test_each_gap_is_a_path_from_the_revision_to_the_people(
    analysis: Analysis, graph: "Graph", rows: tuple[GapRow, ...]
) -> None:
    for row in rows:
        for cause in row.causes:
            path = path_to(graph, row.id, cause.exemption)
            kinds = [graph.nodes[node]["type"] for node in path]
            assert kinds[:2] == ["revision", "measure"]
            assert path[1] == cause.measure
            assert path[-2:] == [cause.exemption, row.id]
            assert all(graph.has_edge(one, two) for one, two in pairwise(path))
        left = {graph.nodes[node]["type"] for node in graph.successors(row.id)}
        assert {"service type", "harm", "function"} <= left


def test_the_worked_path_reads_from_the_measure_through_the_duty_to_the_way_out(graph: "Graph") -> None:
    assert path_to(graph, "", "icu/2025-02-24/C2.2#feasibility-1") == [
        "revision:icu/2025-02-24",
        "ICU C2",
        "ICU C2.2",
        "icu/2025-02-24/C2.2/d1",
        "icu/2025-02-24/C2.2#feasibility-1",
    ]


def test_equal_inputs_give_equal_graphs(analysis: Analysis, graph: "Graph", rows: tuple[GapRow, ...]) -> None:
    again = build_graph(analysis.study, analysis.exemption_rows(), rows)
    assert list(again.nodes(data=True)) == list(graph.nodes(data=True))
    assert list(again.edges(data=True)) == list(graph.edges(data=True))


def test_takedown_hangs_by_one_duty(analysis: Analysis) -> None:
    alone = held_alone(analysis.cells)
    assert alone["social_media", "grooming", "take_down"] == "icu/2025-02-24/C2.2/d1"
    assert ("social_media", "grooming", "report_and_complain") not in alone
