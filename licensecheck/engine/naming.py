"""Whether the name of a derived or trained model holds the prescribed word in the prescribed place."""

from __future__ import annotations

import re

from licensecheck.engine.case import Case, Fact

_JOINT = re.compile(r"[\s_\-./]+")


def name_as_prescribed(case: Case) -> Fact:
    """Whether the stated name fits; not known where there is no name yet."""
    word, position = case.term.attributes.get("text"), case.term.attributes.get("position")
    name = case.profile.derivatives.model_name
    if not isinstance(word, str):
        return Fact(value=None, reason="The text prescribes a name that could not be read.")
    where = "hold" if position == "anywhere" else "begin with"
    if name is None:
        ask = case.asking("derivatives.model_name")
        return Fact(value=None, reason=f'No name is given; it must {where} "{word}".', ask=ask)
    fits = name_fits(name, word, anywhere=position == "anywhere")
    return Fact(value=fits, reason=f'The name "{name}" {"fits" if fits else "does not fit"}: it must {where} "{word}".')


def name_fits(name: str, word: str, *, anywhere: bool) -> bool:
    """True where the name, without the account it is published under, holds or begins with the word."""
    own = _fold(name.rsplit("/", 1)[-1])
    return _fold(word) in own if anywhere else own.startswith(_fold(word))


def _fold(text: str) -> str:
    return _JOINT.sub("-", text.strip().casefold())
