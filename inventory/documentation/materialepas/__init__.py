# SPDX-License-Identifier: EUPL-1.2
"""The Danish Materialepas for reused building products, v1.0: its fields, its JSON, and how it is filled."""
