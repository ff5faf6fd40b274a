"""The whole house on one computer: started, watched and reached at one address."""
