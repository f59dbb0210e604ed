"""intake: petitions from draft to filing, and whatever petitioners hand in afterwards."""
