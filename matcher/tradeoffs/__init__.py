# SPDX-License-Identifier: EUPL-1.2
"""What a planner can trade against what: money against CO2e, the whole saving against fair shares."""
