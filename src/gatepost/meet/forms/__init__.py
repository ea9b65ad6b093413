"""What is typed about meetings, parsed and worded; one module for each page that asks."""
