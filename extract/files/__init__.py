"""What is delivered: kept as it came, archives opened, kinds recognised. How a kind is read is in formats/."""
