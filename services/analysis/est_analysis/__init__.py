"""Analysis: which problems stay, and what people decide about them."""
