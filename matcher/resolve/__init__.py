# SPDX-License-Identifier: EUPL-1.2
"""Solving again after one change: flow, prices and pairs are kept; what the change moves is repaired."""
