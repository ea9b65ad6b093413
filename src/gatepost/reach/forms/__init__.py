"""What is typed about messages, parsed and worded; one module for each thing that is written."""
