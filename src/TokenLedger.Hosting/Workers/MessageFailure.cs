namespace TokenLedger.Hosting.Workers;

/// <summary>Why a message could not be handled.</summary>
/// <param name="Code">A word for logs and traces, which name nothing of anybody's.</param>
/// <param name="Reason">A sentence for the alert, which may name a repository.</param>
internal readonly record struct MessageFailure(string Code, string Reason);
