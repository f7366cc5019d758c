"""What is made for one purpose out of the rooms below; no product imports another."""
