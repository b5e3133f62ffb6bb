"""Evidence: every uncertain number with its range, unit, owner, source and reason."""
