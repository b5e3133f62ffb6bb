"""The report: tables, charts and documents from results, with no numbers of its own."""
