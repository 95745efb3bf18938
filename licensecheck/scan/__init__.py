"""Where a repository names models: files to slots by syntax, slots to references by detectors that are data."""
