"""Intake (kartläggning): takes in incident reports and keeps each municipality's collaboration."""
