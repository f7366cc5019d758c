"""Assessment sheets over what was judged: points, scores, grades, each a range where something is not known."""
