"""The whole pipeline from a text and the rules to every table: the library twin of the commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from analyser import cache
from analyser.applications.read import Application, read_applications
from analyser.coverage.beside import Beside
from analyser.coverage.expected import expectations
from analyser.coverage.frame import Setting
from analyser.coverage.gaps import Gap, collect
from analyser.coverage.settings import ProfileSetting, TypeSetting
from analyser.coverage.study import Revision, Study
from analyser.coverage.survey import Cell, Surveyor
from analyser.logic.evaluate import atoms
from analyser.model.base import Frozen
from analyser.model.text import Document, Span
from analyser.reporting.ingest_rows import NotUnderstood
from analyser.reporting.labels import Labels
from analyser.reporting.report_model import RankedGap, Report
from analyser.reporting.rows import (
    CheckRow,
    DutyRow,
    ExemptionRow,
    ExplainRow,
    GapRow,
    InputFile,
    MatrixRow,
    RulesUsed,
)
from analyser.rulebook.models import Rulebook
from analyser.uncollected import uncollected

if TYPE_CHECKING:
    from analyser.catalogue import Composed
    from analyser.graph.build import Graph
    from analyser.library import RevisionRef
    from analyser.profiles import Profile


T = TypeVar("T", bound=Frozen)


def analyse(
    ref: "RevisionRef", rulebook: Rulebook, profile: "Profile | None" = None, include_all: bool = False
) -> "Analysis":
    """Read the text that `ref` means, ready to be judged: for every type of service, or for one profile.

    Raises InputError when the text cannot be read. Example: `analyse(library.resolve(),
    library.rulebook()).gap_rows()`.
    """
    from analyser.catalogue import compose

    composed = compose(ref)
    revision = revision_of(ref, rulebook, composed.document)
    if composed.not_applied:
        listed = "; ".join(one.sentence for one in composed.not_applied)
        revision = replace(revision, notice="; ".join(part for part in (revision.notice, listed) if part))
    return Analysis(composed.document, revision, rulebook, profile, include_all, composed)


def revision_of(ref: "RevisionRef", rulebook: Rulebook, document: Document) -> Revision:
    """Return the facts about a revision: from its code.yaml, else every kind of harm of the rules that was
    a kind at its date."""
    entry, code = ref.entry, ref.code
    date = ref.revision or document.revision
    if entry is not None and entry.kinds_of_harm is not None:
        kinds, counting = set(entry.kinds_of_harm.all()), set(entry.kinds_of_harm.kinds)
    else:
        kinds = counting = {
            harm.key for harm in rulebook.harms if not harm.kind_from or not date or harm.kind_from <= date
        }
    own = rulebook.own_harms(date)
    kinds, counting = kinds | own, counting | own
    harms = tuple(harm.key for harm in rulebook.harms if harm.key in kinds)
    notice = ""
    if entry is not None:
        later = [
            f"{item.revision}{f' (in force {item.in_force})' if item.in_force else ''}"
            for item in entry.amended_by
        ]
        notice = f"Amended since: {', '.join(later)}; the amendment is not applied here" if later else ""
    if ref.notices:
        notice = " ".join(ref.notices).rstrip(".")
    return Revision(
        code=code.code if code else document.code,
        date=date,
        title=code.title if code else document.title,
        issuer=code.issuer if code else "",
        status=entry.status if entry else "as given",
        in_force=entry.in_force if entry else "",
        regime=code.regime if code else "user-to-user",
        harms=harms,
        counting=frozenset(harm.key for harm in rulebook.harms if harm.counts and harm.key in counting),
        notice=notice,
        of_the_act=bool(code.statute if code else ref.statute),
        own=ref.own,
        notes=ref.identified.notes if ref.identified else (),
    )


def study(document: Document, revision: Revision, rulebook: Rulebook) -> Study:
    """Read duties, applications and exemptions from a parsed text."""
    from analyser.applications.possible import without_impossible
    from analyser.duties.find import find as find_duties
    from analyser.exemptions import find as find_qualifiers
    from analyser.exemptions.limbs import find_limbs

    read = read_applications(
        document, rulebook, [harm for harm in revision.harms if harm in revision.counting]
    )
    applications = without_impossible(document, read, revision.counting)
    duties = find_duties(document, rulebook, _application_harms(applications), revision.harms)
    qualifiers = find_qualifiers(document, duties.duties, rulebook)
    limbs = find_limbs(document, applications, duties.duties, rulebook, revision.counting)
    return Study(
        document=document,
        revision=revision,
        rulebook=rulebook,
        duties=duties.duties,
        applications=applications,
        exemptions=(*qualifiers.exemptions, *limbs),
        suppressed=qualifiers.suppressed,
        explanations=tuple((one.provision, one.span) for one in duties.explanations),
    )


def _application_harms(applications: dict[str, Application]) -> dict[str, tuple[str, ...]]:
    """Return the harms whose risk each application names."""
    return {
        measure: tuple(
            dict.fromkeys(
                atom.fact.removeprefix("risk.")
                for atom in atoms(application.condition)
                if atom.fact.startswith("risk.")
            )
        )
        for measure, application in applications.items()
    }


@dataclass
class Analysis:
    """One text judged; each table is worked out, or fetched from the cache, when it is asked for."""

    document: Document
    revision: Revision
    rulebook: Rulebook
    profile: "Profile | None" = None
    include_all: bool = False
    composed: "Composed | None" = None

    @cached_property
    def study(self) -> Study:
        """The text read: duties, applications, exemptions."""
        return study(self.document, self.revision, self.rulebook)

    def page_of(self, span: Span) -> int | None:
        """Return the page on which words begin, None where there are no pages."""
        return self.composed.page_of(span) if self.composed else None

    @cached_property
    def not_understood(self) -> tuple[NotUnderstood, ...]:
        """The applications that could not be read whole, of a document of a person's own."""
        if not self.revision.own:
            return ()
        from analyser.tables.reading import not_understood

        counting = [harm for harm in self.revision.harms if harm in self.revision.counting]
        found = read_applications(self.document, self.rulebook, counting)
        return not_understood(self.document, found, self.page_of)

    @cached_property
    def unknown_cells(self) -> tuple[MatrixRow, ...]:
        """The cells that are not known because applications were not understood."""
        if not self.not_understood:
            return ()
        from analyser.tables.reading import unknown_for

        return unknown_for(self.study, self.matrix_rows(), {one.measure for one in self.not_understood})

    @cached_property
    def surveyor(self) -> Surveyor:
        """The judge of cells."""
        return Surveyor(self.study)

    def _kept(self, table: str, shape: type[T], make: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        """Return a table from the cache, or make it and keep it."""
        from pydantic import TypeAdapter

        rows = TypeAdapter(tuple[shape, ...])  # type: ignore[valid-type]
        profile = self.profile.model_dump_json() if self.profile else ""
        name = cache.key(
            table,
            self.document.model_dump_json(),
            self.revision.marks(),
            self.rulebook.model_dump_json(),
            profile,
        )
        kept = cache.read(name)
        if kept is not None:
            return rows.validate_json(kept)
        with uncollected():
            made = make()
        cache.write(name, rows.dump_json(made))
        return made

    @cached_property
    def settings(self) -> dict[str, Setting]:
        """The settings judged: the profile under each of its types, else every type of the code's regime."""
        types = {
            service.key: service
            for service in self.rulebook.services
            if service.regime == self.revision.regime
        }
        if self.profile is None:
            return {key: TypeSetting(service) for key, service in types.items()}
        from analyser.profiles import ProfileFacts

        setting = ProfileSetting(ProfileFacts.of(self.profile, self.rulebook))
        return {key: setting for key in self.profile.service_types or () if key in types}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell, judged."""
        return tuple(self.surveyor.cells(self.settings.items()))

    @cached_property
    def beside(self) -> Beside:
        """What stands beside the cells."""
        return Beside(self.study)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, and apart from them what is low by design."""
        expected = expectations(self.study, self.cells, self.beside)
        return collect(self.study, self.surveyor, self.cells, self.settings, self.beside, expected)

    def labels(self) -> Labels:
        """Return the words for keys."""
        return self._labels

    @cached_property
    def _labels(self) -> Labels:
        from analyser.tables.words import labels_of

        return labels_of(self.rulebook, self.revision)

    def ranked_gaps(self, include_all: bool | None = None) -> tuple[RankedGap, ...]:
        """Return the rows of the gaps in order of seriousness, each with the reason of its place."""
        from analyser.tables.gaps import is_leading

        every = self._all_gaps
        return (
            every
            if (self.include_all if include_all is None else include_all)
            else tuple(item for item in every if is_leading(item.row))
        )

    @cached_property
    def _all_gaps(self) -> tuple[RankedGap, ...]:
        from analyser.tables.gaps import gap_rows

        subject = self.profile.name if self.profile else ""
        return self._kept(
            "gaps", RankedGap, lambda: gap_rows(self.study, self.gaps, self.beside, self._labels, subject)
        )

    def gap_rows(self) -> tuple[GapRow, ...]:
        """Return the rows of the gaps in order of seriousness."""
        return tuple(item.row for item in self.ranked_gaps())

    def exemption_rows(self) -> tuple[ExemptionRow, ...]:
        """Return the rows of the exemptions in the order of the text."""
        from analyser.tables.exemptions import exemption_rows

        return self._kept(
            "exemptions", ExemptionRow, lambda: exemption_rows(self.study, self.cells, self._labels)
        )

    def duty_rows(self) -> tuple[DutyRow, ...]:
        """Return the rows of the duties in the order of the text."""
        from analyser.tables.duties import duty_rows

        return self._kept("duties", DutyRow, lambda: duty_rows(self.study))

    def matrix_rows(self) -> tuple[MatrixRow, ...]:
        """Return the rows of the matrix in the order of the contract's keys."""
        from analyser.tables.duties import matrix_rows

        return self._kept("matrix", MatrixRow, lambda: matrix_rows(self.cells, self.beside))

    def check_rows(self, profile: "Profile") -> tuple[CheckRow, ...]:
        """Return one row a measure, judged for a profile."""
        from analyser.profiles.check import check_rows
        from analyser.tables.words import condition_words

        return check_rows(
            self.study.document,
            self.study.applications,
            self.study.duties,
            self.study.exemptions,
            profile,
            self.study.rulebook,
            self.study.revision.regime,
            lambda condition: condition_words(condition, self._labels),
        )

    @cached_property
    def graph(self) -> "Graph":
        """The typed graph from the words to the uncovered people."""
        from analyser.graph.build import build_graph

        return build_graph(self.study, self.exemption_rows(), [item.row for item in self._all_gaps])

    def explain(self, asked: str) -> tuple[ExplainRow, ...]:
        """Return the explanation of a duty, exemption, gap, provision or measure; UsageError names the
        nearest for an unknown one."""
        from analyser.tables.explain import Explainer

        gaps = [item.row for item in self._all_gaps]
        return Explainer(self.study, self.graph, self.exemption_rows(), gaps, self._labels).explain(asked)

    def report(self, inputs: Sequence[InputFile] = (), options: dict[str, object] | None = None) -> Report:
        """Return the whole analysis as one report."""
        from analyser.tables.own_report import with_reading
        from analyser.tables.report import report_of

        rules = self.study.rulebook
        found = report_of(
            self.study,
            self.ranked_gaps(),
            self.exemption_rows(),
            self.matrix_rows(),
            self.duty_rows(),
            self.beside,
            self._labels,
            tuple(inputs) or (InputFile(path=self.document.path, sha256=self.document.sha256),),
            RulesUsed(pack=rules.pack, version=rules.version, sha256=rules.sha256),
            options or {"revision": f"{self.study.revision.code}@{self.study.revision.date}"},
        )
        return with_reading(found, self) if self.revision.own else found
