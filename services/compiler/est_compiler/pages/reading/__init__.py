"""The page of a picture: one edition of it, its figures and blocks, and the ways to what is behind them."""

from est_compiler.pages.reading.page import router

__all__ = ["router"]
