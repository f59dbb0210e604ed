"""From HTML to PDF, in a process of its own: `printing.pdf_of`; what it lacks: `needs.missing`."""
