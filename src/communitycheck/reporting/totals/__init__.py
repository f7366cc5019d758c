"""What a report adds up to, by rule, region, area and cause: counted over arrays, never verdict by verdict."""
