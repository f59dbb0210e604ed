"""Everything that changes bodies, opinions and what is known of others: one file per noun."""
