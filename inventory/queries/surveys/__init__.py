# SPDX-License-Identifier: EUPL-1.2
"""What was surveyed, and what it teaches."""
