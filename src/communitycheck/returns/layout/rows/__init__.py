"""What each row below a header is: record, total, group heading, note or unread."""
