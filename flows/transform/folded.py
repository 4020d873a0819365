from flows.text.folded import *  # noqa: F403
from flows.text.folded import FoldedText, fold, fold_text  # noqa: F401
