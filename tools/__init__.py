"""The tools of the people who build Gatepost; the product itself never imports them."""
