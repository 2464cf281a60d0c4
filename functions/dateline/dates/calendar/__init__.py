"""Days, and stretches of days with the EDTF that writes them."""
