"""The results of a batch as files for other programs and other people."""
