"""What people wrote, as words: cleaning, folding together, counting, and the languages of meetings."""

from pollapp.words.cleaning import clean, storable
from pollapp.words.counting import Word, cloud_words, merge
from pollapp.words.folding import fold
from pollapp.words.languages import LANGUAGES, Language, direction
from pollapp.words.warming import warm

__all__ = ["LANGUAGES", "Language", "Word", "clean", "cloud_words", "direction", "fold", "merge", "storable", "warm"]
