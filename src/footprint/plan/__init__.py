"""The plan as data: what may be written, how it is read, checked, compared and kept."""
