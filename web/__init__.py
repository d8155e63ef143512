# SPDX-License-Identifier: EUPL-1.2
"""The web: maps, pages and an API; owns HTTP only."""
