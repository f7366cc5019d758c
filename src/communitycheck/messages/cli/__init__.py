"""The command line's own sentences: its help, its settings, what the commands say."""
