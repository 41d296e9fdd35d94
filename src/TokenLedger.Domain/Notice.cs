namespace TokenLedger.Domain;

/// <summary>Something a reader should know: a stable code and one sentence.</summary>
/// <param name="Code">The code in kebab case, never reused for another meaning.</param>
/// <param name="Message">One sentence with the figures it speaks of.</param>
public sealed record Notice(string Code, string Message);
