using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads one of <c>TokenLedger:Findings:Actions</c>.</summary>
internal static class FindingActionSection
{
    // A run has a hard cap of 100 USD (AWF v0.28), and nothing of a workflow's week is near this.
    private const decimal UsdMax = 1_000_000m;

    public static FindingActionRule? Read(IConfigurationSection section, List<string> problems)
    {
        var before = problems.Count;
        var code = section["Code"]?.Trim() ?? "";
        if (!FindingCodes.All.Contains(code, StringComparer.Ordinal))
            problems.Add($"{section.Path}:Code must be one of {string.Join(", ", FindingCodes.All)}");
        var action = KindOf(section, problems);
        if (!decimal.TryParse(
            section["AtStakeUsd"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var usd)
            || usd is <= 0 or > UsdMax)
            problems.Add($"{section.Path}:AtStakeUsd must be an amount above 0, such as 5.00");
        var workflow = section["Workflow"]?.Trim();
        if (workflow is "")
            problems.Add($"{section.Path}:Workflow is empty: name a path such as .github/workflows/a*, or none");
        return problems.Count > before
            ? null
            : new FindingActionRule(code, workflow, action!.Value, AiCredits.NanoCreditsFromUsd(usd));
    }

    private static FindingActionKind? KindOf(IConfigurationSection section, List<string> problems)
    {
        switch (section["Do"]?.Trim().ToLowerInvariant())
        {
            case "cancel-run":
                return FindingActionKind.CancelRun;
            case "disable-workflow":
                return FindingActionKind.DisableWorkflow;
            default:
                problems.Add($"{section.Path}:Do must be cancel-run or disable-workflow");
                return null;
        }
    }
}
