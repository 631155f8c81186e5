"""The same faults of a server for our client and for those of others: `make faults`."""
