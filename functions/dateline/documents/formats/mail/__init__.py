"""Messages of the Internet and of Outlook."""
