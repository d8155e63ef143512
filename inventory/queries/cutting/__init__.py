# SPDX-License-Identifier: EUPL-1.2
"""What is to be cut, what was, and what became of the bars."""
