"""FHIR over HTTP: our definitions to read, and operations on what is sent along. No storage."""
