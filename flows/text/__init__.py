"""Text as such: characters and their repair, HTML to visible text, the folded copy, tokens. Knows nothing of news."""
