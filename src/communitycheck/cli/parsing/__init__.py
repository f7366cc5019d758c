"""What Typer lacks: commands that load when they are named, help in a language, faults in our words."""
