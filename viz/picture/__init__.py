"""The chain neighbourhood as a picture: roles, positions, shapes, and the pyvis network made of them."""
