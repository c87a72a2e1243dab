"""Any question of any XForm, shown and answered: knows a Session's states, neither store nor Inspection."""
