"""Hội Thi: contests that make administrative reform known. The program is put together in program.py."""
