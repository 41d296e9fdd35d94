namespace TokenLedger.Providers.GitHub.Billing;

/// <summary>One of the questions of which a day's bill is made.</summary>
/// <param name="Filter">What is asked beside the day, encoded: <c>&amp;user=alice</c>; empty for nothing.</param>
/// <param name="Text">What that is, for people; empty for the whole account.</param>
internal sealed record BillPart(string Filter, string Text)
{
    /// <summary>Everything that is told without a filter.</summary>
    public static readonly BillPart Whole = new("", "");

    /// <summary>The name of the cost centre asked for; null without one.</summary>
    public string? CostCenter { get; private init; }

    /// <summary>What one user spent.</summary>
    public static BillPart OfUser(string login) =>
        new($"&user={Uri.EscapeDataString(login.Trim())}", $", user {login.Trim()}");

    /// <summary>What one cost centre spent.</summary>
    public static BillPart Of(CostCenter center) =>
        new($"&cost_center_id={Uri.EscapeDataString(center.Id)}", $", cost centre {center.Name}")
        {
            CostCenter = center.Name,
        };
}
