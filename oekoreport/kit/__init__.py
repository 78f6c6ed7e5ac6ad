"""What plugins are built with: reading tables, writing forms, Word documents and PDF."""
