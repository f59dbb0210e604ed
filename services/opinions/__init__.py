"""opinions: consultative bodies, their members and their opinions from draft to submission."""
