"""One file a format: bytes to `Content`, with the libraries that it needs imported only when such a document comes."""
