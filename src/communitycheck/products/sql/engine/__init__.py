"""``check --engine``: a large tidy table is judged where it lies, by the views of its standards.

``source`` says what table it is, ``columns`` what its columns hold and whether each cell says it plainly, ``records``
whether each row is a record. ``verdicts`` has the views judge; rows of which anything is to be told are ``picked`` and
read, and judged once more, like those of any return, and ``condensed`` puts the report together. ``groups`` has rules
about groups of records judged by ``checking`` over some records at a time, and ``group_views`` holds them to the views.
"""
