"""Where the tables lie in a grid: titles, header, records, totals, notes.

    head/   the titles, the header, and the rows of units and numbers below it
    rows/   what each row below the header is: record, total, group heading, note or unread

``tables`` finds the tables, one under the other and side by side; ``one_table`` makes the ``Layout`` of each;
``row_counts`` is the account of a sheet's rows.
"""
