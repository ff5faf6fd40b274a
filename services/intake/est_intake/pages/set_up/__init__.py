"""The collaboration's document: read, changed part by part, and kept version by version."""
