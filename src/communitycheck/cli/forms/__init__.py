"""Commands about forms, filled in or not: what several ask for, and a new one to send out."""
