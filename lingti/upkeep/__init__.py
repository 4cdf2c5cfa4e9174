"""What keeps a home: backup, forgetting, logs, background work, and the sample district."""
