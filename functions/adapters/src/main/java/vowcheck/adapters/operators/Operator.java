package vowcheck.adapters.operators;

/// A person who may operate the system, by name, and the hash of their password.
public record Operator(String name, PasswordHash password) {}
