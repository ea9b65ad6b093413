"""Families as they are: children, the adults in their lives, who cares for whom, orders, ways to reach each adult."""
