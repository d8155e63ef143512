# SPDX-License-Identifier: EUPL-1.2
"""Where a site stands: land mass, road node, municipality."""
