"""What an operator asks of a deployment: is the model right, what died, how is it, does it work."""
