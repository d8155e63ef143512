# SPDX-License-Identifier: EUPL-1.2
"""Lots as people look at them: lists, one lot, its life, its terms and its origins."""
