# SPDX-License-Identifier: EUPL-1.2
"""What is asked: the tables of a problem as read-only columns, checked when they come in."""
