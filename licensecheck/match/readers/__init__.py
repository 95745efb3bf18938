"""Readers of attributes, few and shared: numbers, dates, quoted names, addresses, places, choices among values."""
