"""Organisers and coordinators: accounts, invitations, sign-in, roles."""
