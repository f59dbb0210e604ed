"""What happens when: sessions and sittings for everyone, the days of cases for the council."""
