"""Whether seat or offer lie in a place that the text excludes, and whether the model is of the excluded sort."""

from __future__ import annotations

from licensecheck.catalog.model_entries import find_model
from licensecheck.catalog.phrasing import place_name
from licensecheck.judge.case import Case, Fact

BEYOND_TEXT = ("image", "audio", "video")


def seat_excluded(case: Case) -> Fact:
    """Whether the organization has its seat in an excluded place."""
    domicile = case.profile.organization.domicile
    if domicile is None:
        return Fact(value=None, ask=case.asking("organization.domicile"))
    inside = lies_in(domicile, excluded(case), case)
    return Fact(value=inside, reason=_of_seat(domicile, inside, excluded(case), case))


def _of_seat(domicile: str, inside: bool | None, places: tuple[str, ...], case: Case) -> str:
    """Where the principal place of business lies, against the places that the clause excludes."""
    seat = f"The principal place of business is {place_name(domicile)}"
    if inside is None:
        return f"{seat}; which places the clause excludes could not be read."
    hits = [name for name in places if lies_in(domicile, (name,), case)] or list(places)
    named = ", ".join(map(place_name, hits))
    if not inside:
        return f"{seat}, outside the excluded {'places' if len(hits) > 1 else 'place'} ({named})."
    within = f", in the {named}" if hits[0].upper() in case.situation.knowledge.regions else ""
    return f"{seat}{within}, which the clause excludes."


def offer_excluded(case: Case) -> Fact:
    """Whether the product is offered in an excluded place."""
    regions = case.profile.deployment.regions
    if regions is None:
        return Fact(value=None, ask=case.asking("deployment.regions"))
    hits = [region for region in regions if lies_in(region, excluded(case), case)]
    reason = (
        f"The product is offered in {', '.join(map(place_name, hits))}, which the clause excludes."
        if hits
        else "By the profile, the product is not offered in an excluded place."
    )
    return Fact(value=bool(hits), reason=reason)


def place_sanctioned(case: Case) -> Fact:
    """Whether the organization has its seat, or offers the product, in a place under comprehensive sanctions."""
    stated = (case.profile.organization.domicile, *(case.profile.deployment.regions or ()))
    listed = case.situation.knowledge.sanctioned
    hits = [place for place in stated if place is not None and place.upper() in listed]
    if not hits:
        return Fact(value=False)
    named = ", ".join(place_name(place) for place in dict.fromkeys(hits))
    return Fact(value=True, reason=f"The profile names {named}, under comprehensive sanctions.")


def excluded(case: Case) -> tuple[str, ...]:
    """The places that the text names."""
    places = case.term.attributes.get("excluded")
    return places if isinstance(places, tuple) else ()


def lies_in(place: str, places: tuple[str, ...], case: Case) -> bool | None:
    """True where the place is one of the named or belongs to a named group; None where the text names none."""
    if not places:
        return None
    if place.casefold() in ("worldwide", "global", "ww"):
        return True
    regions = case.situation.knowledge.regions
    own = regions.get(place.upper(), frozenset((place.upper().split("-")[0],)))
    return any(own & regions.get(name.upper(), frozenset((name.upper(),))) for name in places)


def looks_at(case: Case) -> Fact:
    """Whether the clause looks at the licensee's seat or at the place of use."""
    where = case.term.details.get("where")
    return Fact(value=where if isinstance(where, str) else None)


def model_multimodal(case: Case) -> Fact:
    """Whether the model handles more than text: as its card or the catalog says, else as the deployment shows."""
    card = case.situation.subject.card
    if card is not None and card.modalities is not None:
        several = any(kind in card.modalities for kind in BEYOND_TEXT)
        return Fact(value=several, reason=f"By its card the model handles {', '.join(card.modalities)}.")
    entry = find_model(case.situation.subject.name or case.situation.subject.target)
    if entry is not None and entry.certain and entry.modalities is not None:
        several = any(kind in entry.modalities for kind in BEYOND_TEXT)
        return Fact(value=several, reason=f"{entry.model} handles {', '.join(entry.modalities)} (model catalog).")
    used = case.profile.deployment.modalities or ()
    shown = next((kind for kind in BEYOND_TEXT if kind in used), None)
    if shown:
        return Fact(value=True, reason=f"The deployment takes or makes {shown}, so the model counts as multimodal.")
    return Fact(value=None, ask=case.asking("model.multimodal"))
