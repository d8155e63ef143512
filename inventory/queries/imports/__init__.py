# SPDX-License-Identifier: EUPL-1.2
"""Imports as records, and what a file must be held against."""
