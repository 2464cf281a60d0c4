"""The description of the HTTP API, made from the routes that the read function answers by when the project is built."""
