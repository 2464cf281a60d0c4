"""Documents to cited summaries and dated timelines."""
