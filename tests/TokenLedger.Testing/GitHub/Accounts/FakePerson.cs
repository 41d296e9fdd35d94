namespace TokenLedger.Testing.GitHub.Accounts;

/// <summary>Whose a classic token is, and what it may.</summary>
internal sealed record FakePerson(string Login, IReadOnlyList<string> Scopes);
