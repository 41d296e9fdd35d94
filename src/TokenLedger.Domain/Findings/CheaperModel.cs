namespace TokenLedger.Domain.Findings;

/// <summary>What a run's tokens would cost on the cheapest models of the same makers and channels.</summary>
/// <param name="Used">The model that most of the estimate is of.</param>
/// <param name="Cheapest">The cheapest model of its maker.</param>
/// <param name="NanoCredits">The estimate of all tokens on the cheapest models.</param>
public sealed record CheaperModel(string Used, string Cheapest, long NanoCredits);
