"""The plan -> files: rendered, formatted, vetted, and written all or nothing."""
