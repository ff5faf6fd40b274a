"""What people write, assess, choose and sign."""
