"""How open a model is, on axes that are never averaged."""

from __future__ import annotations

from licensecheck.engine.case import Situation
from licensecheck.model.report import Openness


def judge_openness(situation: Situation) -> Openness:
    """The axes of openness; filled in step by step."""
    own = next((r for r in situation.readings if r.role == "license"), None)
    cls = own.license_class if own else None
    return Openness(license_class=cls, open_source=None, open_weight=None, headline="")
