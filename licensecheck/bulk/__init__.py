"""Checks of whole lists of models: rows in, rows out, in parts that can be resumed."""
