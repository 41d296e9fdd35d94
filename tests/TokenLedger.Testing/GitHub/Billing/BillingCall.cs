using System.Globalization;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>A request below an account's billing.</summary>
/// <param name="Account"><c>organizations/acme</c>.</param>
/// <param name="Name"><c>acme</c>.</param>
/// <param name="Rest">The path behind <c>billing</c>.</param>
/// <param name="Call">The request.</param>
internal sealed record BillingCall(string Account, string Name, string[] Rest, ApiCall Call)
{
    public bool IsOfEnterprise => Account.StartsWith("enterprises/", StringComparison.Ordinal);

    public bool IsOfUser => Account.StartsWith("users/", StringComparison.Ordinal);

    public string? User => Text("user");

    public string? CostCenterId => Text("cost_center_id");

    /// <summary>The day asked for; null when a month or year is.</summary>
    public DateOnly? Day => DateOnly.TryParseExact(
        $"{Call.Query["year"]}-{Call.Query["month"]}-{Call.Query["day"]}", "yyyy-M-d", CultureInfo.InvariantCulture,
        DateTimeStyles.None, out var day) ? day : null;

    public static BillingCall? Of(ApiCall call) =>
        call.Path is [var kind and ("organizations" or "enterprises" or "users"), var name, "settings", "billing", ..]
            ? new BillingCall($"{kind}/{name}", name, call.Path[4..], call)
            : null;

    private string? Text(string name) => Call.Query[name].ToString() is { Length: > 0 } text ? text : null;
}
