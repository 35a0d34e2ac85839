"""The demo: a fictional province that holds a contest, with invented people."""
