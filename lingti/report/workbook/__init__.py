"""The workbook: its sheets as plain data, and as an Excel file."""
