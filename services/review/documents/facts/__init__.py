"""What each document says, as small values without words: the templates put them into sentences."""
