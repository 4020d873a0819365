"""The reference data: reviewable CSV tables, and what the warehouse keeps of them."""
