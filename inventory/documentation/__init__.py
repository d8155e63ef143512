# SPDX-License-Identifier: EUPL-1.2
"""What papers a lot has, lacks and could have: judged from facts that are handed in; no database."""
