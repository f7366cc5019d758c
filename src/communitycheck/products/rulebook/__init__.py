"""The rule book for people: lists, cards, pages, coverage, cases, a starter file."""
