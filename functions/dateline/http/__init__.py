"""What the functions behind the HTTP API share: who may do what, refusals, replies."""
