# SPDX-License-Identifier: EUPL-1.2
"""Families without side rules: flow, transportation simplex and their least prices."""
