"""The demo shop's own catalogue and the shoppers who browse it, all made from one seed."""
