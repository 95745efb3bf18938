"""What the license of an AI model lets you do, asks of you, and whether a deployment may go ahead."""

__version__ = "0.1.0"

DATA_VERSION = "2026-11-20"
"""The day (ISO 8601) on which rules, license records and the model catalog were last brought up to date."""
