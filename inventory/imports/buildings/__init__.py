# SPDX-License-Identifier: EUPL-1.2
"""Extracts of the building register."""
