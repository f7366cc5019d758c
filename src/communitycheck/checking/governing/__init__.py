"""Which records a standard governs: where each record belongs, and which standards judge there."""
