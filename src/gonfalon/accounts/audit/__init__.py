"""Reading the audit trail. Writing it is `Context.audit`."""
