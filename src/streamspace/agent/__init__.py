"""The program on a host that runs sessions."""
