# SPDX-License-Identifier: EUPL-1.2
"""Files of projects and requirements."""
