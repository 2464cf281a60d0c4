"""The model's server: chat protocol, client, batches, prices."""
