"""What the license of an AI model lets you do, asks of you, and whether a deployment may go ahead."""

__version__ = "0.1.0"
