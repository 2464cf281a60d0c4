"""What the functions behind the HTTP API share: settings, who may do what, refusals, replies."""
