"""The frozen data that the stages hand to one another; no input, no output, no third-party import."""
