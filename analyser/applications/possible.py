"""Refuse a reading under which a measure would apply to nobody: that was misread."""

from collections.abc import Mapping

from analyser.applications.read import Application
from analyser.coverage.frame import Frame
from analyser.coverage.named import Own
from analyser.coverage.settings import AnySetting
from analyser.model.logic import TRUE, Unread
from analyser.model.text import Document


def without_impossible(
    document: Document, applications: Mapping[str, Application], counting: frozenset[str]
) -> dict[str, Application]:
    """Return the applications; one that no combination of facts can satisfy is left unread, in its own words,
    so that whatever turns on it is unknown and never false.
    """
    found: dict[str, Application] = {}
    for measure, application in applications.items():
        if application.condition != TRUE and not _can_hold(application, counting):
            words = application.span.of(document.text)
            application = application.model_copy(
                update={
                    "condition": Unread(words=words, span=application.span),
                    "unread": (words,),
                }
            )
        found[measure] = application
    return found


def _can_hold(application: Application, counting: frozenset[str]) -> bool:
    own = Own(harm="", parent=None, sub_kinds={}, counting=counting)
    frame = Frame([application.condition], own, AnySetting())
    return bool(frame.truths(application.condition).may & frame.possible)
