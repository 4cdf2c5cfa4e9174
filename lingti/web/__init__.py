"""What stands between the network and the pages: the door, sign-in, sessions, the server."""
