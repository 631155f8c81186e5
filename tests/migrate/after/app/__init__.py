"""A program that sells books."""
