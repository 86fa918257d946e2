"""What Servanda takes, in time and memory, beside what others take for as much work. `python -m bench` measures all."""
