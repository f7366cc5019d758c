"""``whatif``: what another limit would change: who changes side, where, what it costs, and at which limit."""
