"""The names that files under `rules/` define and to which others refer, by what each is the name of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from licensecheck.load.profile_fields import DEPLOYMENT, DERIVATIVES, MATERIALS, ORGANIZATION
from licensecheck.load.profile_words import approvable_kinds

SECTIONS = {"organization": ORGANIZATION, "deployment": DEPLOYMENT, "derivatives": DERIVATIVES, "materials": MATERIALS}
DEFINING = (
    *("terms.yaml", "triggers.yaml", "lexicon.yaml", "places.yaml", "regions.yaml", "currencies.yaml"),
    *("sentences.yaml", "uses/_harmless.yaml", "uses/_sets.yaml", "cards/spdx.yaml", "cards/disclosures.yaml"),
)
"""The files that define names, below `rules/`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definitions:
    """What the project defines: `names` by their sort, `homes` the file of each sort."""

    names: Mapping[str, frozenset[str]]
    homes: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, Any]]
    """The attributes of each kind of term, as `rules/terms.yaml` describes them."""
    categories: Collection[str]
    """The categories of prohibited use, which are the values of an attribute too."""


def make_definitions(files: Mapping[str, Any], *, computed: Iterable[str], licenses: Iterable[str]) -> Definitions:
    """The definitions of the `DEFINING` files and of the profile, with what other layers and the catalog define."""
    terms, triggers = files["terms.yaml"], files["triggers.yaml"]
    attributes = {kind: term["attributes"] for kind, term in terms["terms"].items()}
    fields = frozenset(f"{section}.{field}" for section, known in SECTIONS.items() for field in known)
    spdx = {name.lower() for name in files["cards/spdx.yaml"]["ids"]}
    own = (kind.removeprefix("no-") for kind in terms["terms"] if kind.startswith("no-"))
    defined: dict[str, tuple[str, Collection[str]]] = {
        "kind": ("terms.yaml", terms["terms"]),
        "kind or fact": ("terms.yaml", {*terms["terms"], *triggers["facts"]}),
        "kind of finding": ("check", approvable_kinds()),
        "category": ("terms.yaml", terms["prohibited_use_categories"]),
        "use": ("terms.yaml", {*terms["prohibited_use_categories"], *own}),
        "class": ("terms.yaml", terms["license_classes"]),
        "kind or category": ("terms.yaml", {*terms["terms"], *terms["prohibited_use_categories"]}),
        "metric": ("terms.yaml", attributes["scale-threshold"]["metric"]["of"]),
        "consequence": ("terms.yaml", attributes["scale-threshold"]["consequence"]["of"]),
        "group": ("sentences.yaml", files["sentences.yaml"]["groups"]),
        "trigger": ("triggers.yaml", triggers["triggers"]),
        "proviso": ("triggers.yaml", triggers["provisos"]),
        "fact": ("triggers.yaml", triggers["facts"]),
        "example fact": ("triggers.yaml", {*triggers["facts"], *(f"also:{kind}" for kind in terms["terms"])}),
        "detail": ("triggers.yaml", triggers["details"]),
        "lexicon set": ("lexicon.yaml", files["lexicon.yaml"]["sets"]),
        "word set": ("uses/_sets.yaml", files["uses/_sets.yaml"]["sets"]),
        "list": ("uses/_harmless.yaml", files["uses/_harmless.yaml"]["lists"]),
        "topic": ("cards/disclosures.yaml", files["cards/disclosures.yaml"]["topics"]),
        "country": ("places.yaml", files["places.yaml"]["countries"]),
        "region": ("regions.yaml", files["regions.yaml"]["regions"]),
        "currency": ("currencies.yaml", files["currencies.yaml"]["usd_per_unit"]),
        "license": ("cards/spdx.yaml", spdx.union(licenses)),
        "profile field": ("profile", fields),
        "condition": ("check", _conditions(terms["terms"], triggers, fields).union(computed)),
    }
    return Definitions(
        names={sort: frozenset(names) for sort, (_, names) in defined.items()},
        homes={sort: f"rules/{home}" for sort, (home, _) in defined.items()},
        attributes=attributes,
        categories=terms["prohibited_use_categories"],
    )


def _conditions(terms: Mapping[str, Any], triggers: Mapping[str, Any], fields: frozenset[str]) -> frozenset[str]:
    """What a condition of a check rule may ask: `room.name`, or the joints of conditions."""
    stated = {name for term in terms.values() for name in term["attributes"]} | set(triggers["details"])
    rooms = {
        "happens": triggers["triggers"],
        "names-trigger": triggers["triggers"],
        "text": triggers["facts"],
        "proviso": triggers["provisos"],
        "term": stated,
        "refused": MATERIALS,
        "stated": fields,
    }
    asked = (f"{room}.{name}" for room, names in rooms.items() for name in names)
    return fields.union(asked, ("all", "any", "not"))
