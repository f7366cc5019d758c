"""What linting files of rules and of waivers finds, for people."""
