"""Reads an xlsx: the same facts of it whatever its size and whoever wrote it.

What the markup of a sheet means is said in one place, ``sheet.py``, to which its elements come as events.

    events.py     markup as events, in whatever encoding
    package.py    which part of the file holds what, by relationships
    styles.py     which cell styles show percentages, dates, times
    cells.py      one cell as text
    strings.py    the table of shared strings
    sheet.py      one sheet
    reader.py     all of a file
"""
