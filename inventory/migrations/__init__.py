# SPDX-License-Identifier: EUPL-1.2
"""Migrations: how the tables came to be, step by step, and the way back."""
