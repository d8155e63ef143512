# SPDX-License-Identifier: EUPL-1.2
"""Many rows at a time into a table, counted."""
