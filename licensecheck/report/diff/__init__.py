"""What changed between two licenses or versions: the terms first, then the clauses, word for word."""
