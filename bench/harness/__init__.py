"""What rows are made of: stores to measure on, fair timing, figures with their bars, and the report."""
