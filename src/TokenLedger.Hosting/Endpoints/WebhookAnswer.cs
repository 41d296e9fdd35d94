namespace TokenLedger.Hosting.Endpoints;

/// <summary>What became of a webhook delivery.</summary>
/// <param name="Status"><c>queued</c>, <c>recorded</c>, <c>duplicate</c>, <c>ignored</c> or <c>ping</c>.</param>
/// <param name="Reason">Why it was ignored; else null.</param>
internal sealed record WebhookAnswer(string Status, string? Reason = null);
