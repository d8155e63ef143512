# SPDX-License-Identifier: EUPL-1.2
"""What reuse saves against new: its account, its ranges, and the limits and thresholds it is held against."""
