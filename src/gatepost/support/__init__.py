"""What families can take up, and what they bring: strengths that are asked about, put to use and thanked for.

A school that only ever gives makes clients of parents. Here it asks once a year, kindly, what somebody is good at and
would enjoy; finds it again across languages; asks for it by name; and says thank you. `know` holds what an adult
said; this package does the asking.

Advice is the other half: an independent adviser reads along if the adult says yes, and keeps notes that no school
opens (`advised.py`, `agreeing.py`).
"""
