# SPDX-License-Identifier: EUPL-1.2
"""Cutting reclaimed bars to pieces: saw kerf, sections, grades, off-cuts, and a bound anyone can check."""
