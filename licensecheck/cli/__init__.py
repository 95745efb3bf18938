"""The command line: options in, one call of the api, text and an exit status out."""
