"""The settings of the functions, of which no one needs to be there."""

# What a function needs to be imported.
SETTINGS = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "DATELINE_TABLE": "table",
    "DATELINE_BUCKET": "bucket",
    "DATELINE_UPLOADS_TO": "https://bucket.example",
    "DATELINE_QUEUE_URL": "https://sqs.example/queue",
    "DATELINE_LINK_QUEUE_URL": "https://sqs.example/links",
    "DATELINE_MODEL": "model",
    "DATELINE_MODEL_URL": "https://model.example/v1",
    "DATELINE_MODEL_SECRET": "secret",
}
