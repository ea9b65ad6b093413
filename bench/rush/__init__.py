"""What `booking.py` lets a few hundred families do at once, and whom it is held against."""
