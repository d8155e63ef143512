# SPDX-License-Identifier: EUPL-1.2
"""Tables: one table and its enumeration per file."""
