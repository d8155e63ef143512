# SPDX-License-Identifier: EUPL-1.2
"""The engine for requirements with side rules: trips, loads, fulfilment, donors, mixing, options, budgets."""
