# SPDX-License-Identifier: EUPL-1.2
"""Writes: take a session, check, write the event, never commit."""
