"""Timelines in the formats that other tools open."""
