"""Small whole cases made at random, asked of the oracle and of the engine, and compared answer by answer."""
