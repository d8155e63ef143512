# SPDX-License-Identifier: EUPL-1.2
"""Demolitions and those who carry them out: what comes, when, whose it is."""
