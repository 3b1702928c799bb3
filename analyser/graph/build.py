"""Build the typed directed graph of a study: nodes and edges as design section 9 lists them, in networkx.

Every node has `type` and `text`; every edge has `type`. Each gap is a path one can read aloud: revision,
measure, provision, duty, exemption, gap, and from the gap to the services, harms and functions it leaves
uncovered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.logic.evaluate import atoms
from analyser.model.base import Nature
from analyser.model.text import Provision
from analyser.reporting.rows import ExemptionRow, GapRow

if TYPE_CHECKING:
    import networkx

    Graph = networkx.DiGraph[str]


def build_graph(study: Study, exemptions: Sequence[ExemptionRow], gaps: Sequence[GapRow]) -> Graph:
    """Return the graph; nodes are added in the order of the text, so that equal inputs give equal graphs."""
    import networkx

    graph: Graph = networkx.DiGraph()
    _text(graph, study)
    _duties(graph, study)
    _exemptions(graph, study, exemptions)
    _gaps(graph, study, gaps)
    return graph


def _text(graph: Graph, study: Study) -> None:
    root = f"revision:{study.document.key}"
    graph.add_node(root, type="revision", text=study.revision.title)
    for measure in study.document.measures:
        graph.add_node(measure.id, type="measure", text=measure.title)
        graph.add_edge(root, measure.id, type="contains")
        prefix = measure.id.removesuffix(measure.number)
        for paragraph in (*measure.application, *measure.recommendation):
            _provision(graph, study, measure.id, prefix, paragraph)
        for atom in atoms(study.applications[measure.id].condition):
            node = f"atom:{atom.fact} {atom.op} {atom.value}"
            graph.add_node(node, type="application atom", text=f"{atom.fact} {atom.op} {atom.value}")
            graph.add_edge(measure.id, node, type="applies_to")


def _provision(graph: Graph, study: Study, parent: str, prefix: str, provision: Provision) -> None:
    node = f"{prefix}{provision.number}"
    graph.add_node(node, type="provision", text=provision.lead.of(study.document.text))
    graph.add_edge(parent, node, type="contains")
    for item in provision.items:
        _provision(graph, study, node, prefix, item)


def _duties(graph: Graph, study: Study) -> None:
    for harm in study.revision.harms:
        entry = study.rulebook.harm(harm)
        graph.add_node(
            f"harm:{harm}", type="harm", text=entry.name_on(study.revision.date) if entry else harm
        )
    for label in study.rulebook.function_labels:
        graph.add_node(f"function:{label.key}", type="function", text=label.name)
    for duty in study.duties:
        graph.add_node(duty.id, type="duty", text=duty.quote)
        graph.add_edge(duty.provision, duty.id, type="imposes")
        for harm in duty.harms:
            graph.add_edge(duty.id, f"harm:{harm}", type="addresses")
        for function in duty.functions:
            graph.add_edge(duty.id, f"function:{function}", type="serves")


def _exemptions(graph: Graph, study: Study, rows: Sequence[ExemptionRow]) -> None:
    for row in rows:
        exemption = study.by_id[row.id]
        graph.add_node(row.id, type="exemption", text=row.quote, kind=row.kind)
        qualifier = f"{row.id}/words"
        graph.add_node(qualifier, type="qualifier", text=row.quote)
        graph.add_edge(row.provision if row.provision in graph else row.measure, qualifier, type="contains")
        graph.add_edge(qualifier, row.id, type="qualifies")
        for duty in exemption.duties:
            if duty in graph:
                graph.add_edge(duty, row.id, type="qualifies")
                if exemption.nature is not Nature.TRIGGER:
                    graph.add_edge(row.id, duty, type=str(exemption.effect))
        for answer in row.invocable_by:
            feature = f"feature:{answer.feature}"
            graph.add_node(feature, type="feature", text=answer.feature.replace("_", " "))
            graph.add_edge(row.id, feature, type="invocable_by")
        for duty in row.compensated_by:
            graph.add_edge(row.id, duty, type="compensated_by")


def _gaps(graph: Graph, study: Study, rows: Sequence[GapRow]) -> None:
    for service in study.rulebook.services:
        graph.add_node(f"service:{service.key}", type="service type", text=service.name)
    for row in rows:
        graph.add_node(row.id, type="gap", text=row.who, state=row.state)
        for cause in row.causes:
            graph.add_edge(cause.exemption, row.id, type="leaves_uncovered")
        if row.expectation:
            for name in row.expectation.split("; "):
                graph.add_node(f"expectation:{name}", type="expectation", text=name)
                graph.add_edge(f"expectation:{name}", row.id, type="leaves_uncovered")
        for kind, keys in (("service", row.services), ("harm", row.harms), ("function", row.functions)):
            for key in keys:
                graph.add_edge(row.id, f"{kind}:{key}", type="leaves_uncovered")
        for backstop in row.statute_backstop:
            graph.add_node(f"statute:{backstop.provision}", type="statute", text=backstop.says)
            graph.add_edge(row.id, f"statute:{backstop.provision}", type=backstop.after_safe_harbour)
        for line in row.evidence:
            graph.add_node(f"evidence:{line.id}", type="evidence", text=line.statement)
            graph.add_edge(row.id, f"evidence:{line.id}", type="evidenced_by")
        for place, closure in enumerate(row.what_would_close, 1):
            node = f"{row.id}/change-{place}"
            graph.add_node(node, type="change", text=closure.change)
            graph.add_edge(row.id, node, type="closed_by")


def path_to(graph: Graph, gap: str, exemption: str) -> list[str]:
    """Return the nodes from the revision through a duty and an exemption to a gap, or to the exemption
    when `gap` is empty."""
    import networkx

    root = next(node for node in graph if graph.nodes[node]["type"] == "revision")
    duties = [node for node in graph.predecessors(exemption) if graph.nodes[node]["type"] == "duty"]
    through = (
        duties[0] if duties and exemption.split("#")[0].split("/")[-1] in _numbers(graph, duties[0]) else None
    )
    path: list[str] = networkx.shortest_path(graph, root, through or exemption)
    if through:
        path.append(exemption)
    return [*path, gap] if gap else path


def _numbers(graph: Graph, duty: str) -> set[str]:
    """Return the numbers of the provisions a duty stands in, without the code's prefix."""
    return {node.split()[-1] for node in graph.predecessors(duty) if graph.nodes[node]["type"] == "provision"}


def held_alone(cells: Iterable[Cell]) -> dict[tuple[str, str, str], str]:
    """Return the cells that one whole duty alone holds, with that duty: strike it and nothing binds."""
    return {
        (cell.service, cell.harm, cell.function.value): cell.judgement.held_by[0]
        for cell in cells
        if len(cell.judgement.held_by) == 1
    }
