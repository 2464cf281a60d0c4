"""What decides a model's answer: prompt, schema, request, parts, and sentences that address a machine."""
