using System.Globalization;
using System.Text;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Ingestion.Tests.Billing;

/// <summary>A bill as a text that a person can check against the file beside it.</summary>
/// <remarks>Ids and hashes are left out: the laws test them.</remarks>
internal static class BillDump
{
    public static string Of(BillFile file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{file.Format ?? "unrecognised"}, {file.Rows} rows\n");
        foreach (var day in file.Days)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n{day.Day:yyyy-MM-dd} {day.Account.Key} {day.View} [{day.Filter}]\n");
            foreach (var line in day.Charges.Select(Line).Order(StringComparer.Ordinal))
                text.Append(line);
        }

        text.Append('\n');
        foreach (var problem in file.Problems)
            text.Append(CultureInfo.InvariantCulture, $"{problem.Code} line {problem.Line}: {problem.Message}\n");
        foreach (var notice in file.Notices)
            text.Append(CultureInfo.InvariantCulture, $"{notice.Code}: {notice.Message}\n");
        return text.ToString();
    }

    private static string Line(Charge charge)
    {
        var gross = AiCredits.UsdFromNanoCredits(charge.GrossNanoCredits);
        var net = charge.NetNanoCredits is { } known ? Text(AiCredits.UsdFromNanoCredits(known)) : "unknown";
        var tokens = charge.Tokens is { } counts
            ? $"{Text(counts.Input)}/{Text(counts.Output)}/{Text(counts.CacheRead)}/{Text(counts.CacheWrite)}"
            : "none";
        var auto = charge.IsAutoSelected ? " (auto)" : "";
        return $"  {charge.Channel} {charge.Family} {charge.Category} {charge.Product} | {charge.Sku} | "
            + $"{charge.ModelText}{auto}\n"
            + $"    {Names(charge.Dimensions)}\n"
            + $"    {Text(charge.Quantity)} {charge.Unit} at {Text(charge.UnitPriceUsd)}, gross {Text(gross)} "
            + $"net {net}, tokens {tokens}\n";
    }

    private static string Names(ChargeDimensions names)
    {
        var all = new (string Name, string Value)[]
        {
            ("org", names.Organization.ToString()), ("repo", names.Repository.ToString()),
            ("path", names.WorkflowPath.ToString()), ("user", names.User.ToString()),
            ("center", names.CostCenter.ToString()), ("workspace", names.Workspace.ToString()),
            ("project", names.Project.ToString()), ("key", names.ApiKey.ToString()),
            ("model", names.Model.ToString()), ("tier", names.ServiceTier.ToString()),
            ("band", names.ContextBand.ToString()), ("kind", names.TokenKind?.ToString() ?? "*"),
        };
        return string.Join(' ', all.Where(pair => pair.Value is not "*").Select(pair => pair.Name + pair.Value));
    }

    private static string Text(decimal? value) =>
        value?.ToString("0.##################", CultureInfo.InvariantCulture) ?? "?";
}
