"""The words of the field as types: years, ages, units, partners, faults."""
