"""What can be wrong with a call or an input: one class a stage, each with its place."""

from __future__ import annotations

from collections.abc import Iterable

from licensecheck.frozen import dataclass

# Where something stands in a file.


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file and, as far as known, a line and column in it, both counted from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


# What can be wrong with a call or an input: one class a stage, each with its place.


class LicenseCheckError(Exception):
    """The call or an input cannot be used; the command line shows it on one line and exits with 2."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class UsageError(LicenseCheckError):
    """The call asks for something that cannot be done."""


class SourceError(LicenseCheckError):
    """A target cannot be found, read, or fetched."""


class TextError(LicenseCheckError):
    """A file holds no text that can be read."""


class DataError(LicenseCheckError):
    """A rule, a license record or another data file of the project is faulty."""


class ProfileError(LicenseCheckError):
    """The deployment profile or the settings are faulty."""


class ReportError(LicenseCheckError):
    """A report cannot be rendered or written."""


class Faults(LicenseCheckError):  # noqa: N818  # it is the errors of a file, not one error
    """Several faults of one file, all of them told."""

    def __init__(self, faults: Iterable[LicenseCheckError]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))
