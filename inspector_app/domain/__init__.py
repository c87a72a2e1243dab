"""The words of the trade as frozen facts and pure rules; standard library only."""
