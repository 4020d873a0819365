"""Measurements that print tables: never timed tests, and comparisons only within one run."""
