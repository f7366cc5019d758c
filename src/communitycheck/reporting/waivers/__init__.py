"""Waivers in reports: their words, their block, their JSON."""
