# SPDX-License-Identifier: EUPL-1.2
"""Codes put into words, English here, Danish in the catalogues."""
