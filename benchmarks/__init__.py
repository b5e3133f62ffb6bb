"""Benchmarks: each bench_*.py here times one thing and prints what it found."""
