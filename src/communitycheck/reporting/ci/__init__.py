"""How files for build servers are written, whatever they tell: the formats of a report and of ``compare`` fill them."""
