"""What reads across rooms: the situation, the matrix, a commune's card, two sets side by side."""
