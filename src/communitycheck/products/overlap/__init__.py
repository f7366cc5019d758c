"""``overlap``: what several forms ask for."""
