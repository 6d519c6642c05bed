"""The public API: answers in, results out, nothing kept. Its description is OpenAPI 3.1."""
