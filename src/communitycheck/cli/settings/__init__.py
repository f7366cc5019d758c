"""The settings of a run: which file holds, what it may do, and the options that it and the environment stand in for."""
