"""Remember the database outside of it, and hold everything when it turns out to be a restored or copied one."""
