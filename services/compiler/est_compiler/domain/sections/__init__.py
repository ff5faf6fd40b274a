"""What stands under the headings of a template."""
