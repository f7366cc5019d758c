"""What marks an output of the toolkit itself, beside the list of its files (``own_list.py``).

Products write this mark, and the reader looks for it.
"""

# A sheet that was added to a marked-up copy. The mark stands in a cell of its first row, so that it outlives another
# program, another format and another name of the sheet.
MARK = "communitycheck-markup/1"
