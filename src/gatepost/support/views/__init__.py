"""The pages of asking: `staff` finds, asks and thanks; `family` tells and answers."""
