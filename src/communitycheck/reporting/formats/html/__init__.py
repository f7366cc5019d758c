"""One web page with everything in it: charts, regions level by level, a list to sort and filter, and for print."""

from communitycheck.reporting.formats.html.page import render

__all__ = ["render"]
