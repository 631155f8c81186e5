"""What must hold for any input, held against inputs that are looked for by what they reach in the code: `make fuzz`."""
