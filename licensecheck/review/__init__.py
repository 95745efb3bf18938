"""The review of a repository: the models that it loads, checked against its profile, at the lines that load them."""
