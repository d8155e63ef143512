# SPDX-License-Identifier: EUPL-1.2
"""Demolitions moved, and who owns what they leave."""
