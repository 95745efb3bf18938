"""Text: decoded once, and taken apart with every piece tied to its offsets in the file."""
