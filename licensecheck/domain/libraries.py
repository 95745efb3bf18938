"""Libraries: which weights a call or command of a library loads, and under which license these are."""

from __future__ import annotations

from collections.abc import Mapping

from licensecheck.frozen import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights that a library loads under names of its own; a name may be a glob.

    `license` is the id of a record, `says` what the package states where no record bears that license. `certain` is
    False for a license that nobody has read: it is asked for.
    """

    names: tuple[str, ...]
    model: str | None = None
    license: str | None = None
    says: str | None = None
    source: str
    certain: bool = True

    @property
    def stated(self) -> str:
        """The license in words."""
        return self.says or self.license or "a license that is not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """What a call loads that names nothing, from the version `since` on."""

    weights: tuple[str, ...]
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One way in which weights are loaded: by a call (its last names) or by a command (its program, its first words).

    `name` says which arguments name the weights, as `{model_name|0}` or `{call}/{weights}`. `when`: what arguments must
    be; `unless`: what they must not be, None for one that is not given. `listed`: a name that is not in the table is
    none of weights. A name that looks like a file is one of the user's own, unless `files`.
    """

    calls: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    name: str | None = None
    defaults: tuple[Default, ...] = ()
    when: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A package with the weights that it loads, as read from one version of it."""

    id: str
    ecosystem: str
    packages: tuple[str, ...]
    modules: tuple[str, ...]
    version: str
    read: str | None = None
    """The day on which somebody looked into that version (ISO 8601)."""
    code_license: str | None
    weights: tuple[Weights, ...]
    loads: tuple[Load, ...]
    short: Mapping[str, str] = field(default_factory=dict)
    """Short names, and the full name that each stands for."""
