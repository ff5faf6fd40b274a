"""What has been heard and published, one read model in each module: tables, how they are filled and asked."""
