"""What lint says of numbers: a unit that is lost, figures that cannot be."""
