"""What statistics ask of each submission and cannot be counted from its columns: kept beside it, made anew when something of it changed."""
