"""What the license of an AI model lets you do, asks of you, and whether a deployment may go ahead."""

__version__ = "0.1.0"

DATA_VERSION = "2026-12-01"
"""The day (ISO 8601) on which rules, license records and the model catalog were last brought up to date."""

__all__ = ["DATA_VERSION", "Checker", "__version__", "load_catalog"]


def __getattr__(name: str) -> object:
    """The names of the API that users look for here, imported when they are asked for."""
    if name in ("Checker", "load_catalog"):
        from licensecheck import api

        return getattr(api, name)
    raise AttributeError(f"module 'licensecheck' has no attribute '{name}'")
