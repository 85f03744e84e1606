"""What each name in a paper means: keys of names, senses of abbreviations, homonyms."""
