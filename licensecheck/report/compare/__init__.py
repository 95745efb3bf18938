"""Licenses or models side by side: one table, shown on the terminal, as HTML, CSV, XLSX or JSON."""
