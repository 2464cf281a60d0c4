"""Pages of the web: their article, what is hidden, what they say of themselves."""
