"""What pages show of threads, long texts, and words in two languages."""
