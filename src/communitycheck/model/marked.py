"""What tells a sheet that a marked-up copy was given from one that the community filled in.

The report room writes it and the reader knows it again, so that a mended copy is read without it.
"""

from __future__ import annotations

# Stands in a cell of the sheet's first row, so that it outlives another program, another format, another sheet name.
MARK = "communitycheck-markup/1"
