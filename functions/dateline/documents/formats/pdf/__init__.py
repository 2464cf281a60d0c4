"""PDFs: pages, columns, lines."""
