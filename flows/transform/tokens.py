from flows.text.tokens import Tokens, tokenize  # noqa: F401
