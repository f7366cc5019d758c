"""The kinds of subject of the data dictionary, for tables that tests put together themselves."""

from communitycheck.resources import data_dir
from communitycheck.standards import load_dictionary

ENTITIES = load_dictionary(data_dir("rules") / "dictionary.yaml").entities
