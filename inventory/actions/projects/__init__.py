# SPDX-License-Identifier: EUPL-1.2
"""Projects, requirements and design options as people write them."""
