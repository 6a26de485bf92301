"""Chinese names, numbers, widths and terms: words compared the way people mean them."""
