"""What makes a build quick; held equal to the plain template by tests."""
