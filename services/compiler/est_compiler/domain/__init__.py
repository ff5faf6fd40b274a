"""What a situation picture is, how it is drawn and when it may be published."""
