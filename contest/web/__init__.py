"""What every feature shows itself with: access, forms, pages, headers, charts and documents."""
