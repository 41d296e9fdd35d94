namespace TokenLedger.Application.Diagnosis;

/// <summary>What a check saw of one thing.</summary>
/// <param name="Name">The check.</param>
/// <param name="Subject">The thing.</param>
/// <param name="State">How it is.</param>
/// <param name="Code">The stable code of the cause; null for what is as it should be.</param>
/// <param name="Seen">What was seen, for people; no secret.</param>
/// <param name="Fix">What to do; null when there is nothing to be done.</param>
public sealed record CheckResult(
    string Name, string Subject, CheckState State, string? Code, string Seen, string? Fix)
{
    /// <summary>As it should be.</summary>
    public static CheckResult Ok(string name, string subject, string seen) =>
        new(name, subject, CheckState.Ok, null, seen, null);

    /// <summary>Not looked at.</summary>
    public static CheckResult Skipped(string name, string subject, string seen, string? fix = null) =>
        new(name, subject, CheckState.Skipped, null, seen, fix);

    /// <summary>To be looked at.</summary>
    public static CheckResult Warning(string name, string subject, string code, string seen, string fix) =>
        new(name, subject, CheckState.Warning, code, seen, fix);

    /// <summary>To be mended.</summary>
    public static CheckResult Problem(string name, string subject, string code, string seen, string fix) =>
        new(name, subject, CheckState.Problem, code, seen, fix);
}
