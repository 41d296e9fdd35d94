namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <param name="Verdict">Whether the invocation was done.</param>
/// <param name="Reason">Why not; null when it was.</param>
/// <param name="Logs">What the handler asked the host to log.</param>
public sealed record Judgement(Verdict Verdict, string? Reason, IReadOnlyList<string> Logs)
{
    public static Judgement Failed(string reason) => new(Verdict.Failed, reason, []);

    public static Judgement Hung(string reason) => new(Verdict.Hung, reason, []);
}
