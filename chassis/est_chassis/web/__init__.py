"""How programs and people come in: access, strict bodies, problems, one frame for all pages."""
