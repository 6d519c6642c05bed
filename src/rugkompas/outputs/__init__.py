"""What people and programs get to see: each function takes an Assessment and nothing else."""
