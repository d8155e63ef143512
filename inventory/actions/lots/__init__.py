# SPDX-License-Identifier: EUPL-1.2
"""What happens to a lot in its life."""
