# SPDX-License-Identifier: EUPL-1.2
"""The inventory: PostGIS tables, queries, actions, imports and runs."""
