# SPDX-License-Identifier: EUPL-1.2
"""Screening for harmful substances: readings in one unit, and what they say of a lot; no database."""
