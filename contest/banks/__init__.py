"""Question banks: banks, questions, versions, import drafts."""
