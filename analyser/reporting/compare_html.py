"""A comparison as one HTML page that loads nothing from anywhere, insertions and deletions marked as such."""

from collections.abc import Sequence

from analyser.library import templates_dir
from analyser.reporting.compare_view import views
from analyser.reporting.context import OutputContext
from analyser.reporting.envelope import TOOL
from analyser.reporting.labels import basis_of
from analyser.reporting.pages import page_templates
from analyser.reporting.rows import Row


def write_html(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return the rows of a comparison as a page in the style of the report."""
    from markupsafe import Markup

    folder = templates_dir()
    environment = page_templates(folder)
    return environment.get_template("compare.html.j2").render(
        # The style sheets are the project's own files, not input: they are the one text that is not escaped.
        css=Markup(
            "\n".join((folder / name).read_text(encoding="utf-8") for name in ("report.css", "compare.css"))
        ),
        tool=TOOL,
        inputs=context.inputs,
        rules=context.rules,
        headline=context.extra.get("headline", ""),
        headlines=context.extra.get("headlines", ()),
        notes=context.extra.get("notes", ()),
        unchanged=context.extra.get("counts", {}).get("unchanged", 0),
        rows=views(rows, context),
        basis_legend=basis_of(context.labels),
    )
