# SPDX-License-Identifier: EUPL-1.2
"""Lots kept in memory, for whoever asks again and again."""
