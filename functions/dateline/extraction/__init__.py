"""Document to run: the request, the answer and its checks."""
