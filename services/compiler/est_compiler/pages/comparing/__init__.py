"""The page where two pictures stand side by side, in numbers and in words."""

from est_compiler.pages.comparing.page import router

__all__ = ["router"]
