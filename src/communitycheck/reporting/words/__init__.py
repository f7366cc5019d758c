"""Names, numbers, expressions and sentences, in one language; the same in every format."""
