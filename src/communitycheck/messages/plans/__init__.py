"""Sentences about what follows a verdict: gap, what-if, trend, comparison, baselines, waivers, conflicts, overlap."""
