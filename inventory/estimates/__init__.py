# SPDX-License-Identifier: EUPL-1.2
"""Building estimates: register attributes to probable lots."""
