"""What the resolver knows of languages: their tables, how a text is cut into tokens and made comparable."""
