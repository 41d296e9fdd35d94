using TokenLedger.Application.Explaining;

namespace TokenLedger.Application.Reports;

/// <summary>A node's figures and facts as people read them: exact, never rounded, because parts must add up.</summary>
internal static class ExplanationFigureText
{
    private const string Unknown = "unknown";

    /// <summary>The figures, unknown ones in words; empty for a node without figures.</summary>
    public static string Of(ExplanationFigures figures)
    {
        var parts = new List<string>(2);
        if (figures.TellsEstimate)
            parts.Add($"estimated {Shown(figures.EstimatedAiCredits, "AI credits")}");
        if (figures.TellsBill && figures.GrossNanoCredits is null)
            parts.Add($"billed {Unknown}");
        else if (figures.TellsBill)
        {
            parts.Add(
                $"billed {Shown(figures.BilledAiCredits, "AI credits")} (gross {Shown(figures.BilledGrossUsd, "USD")}, "
                + $"net {Shown(figures.BilledNetUsd, "USD")})");
        }

        return string.Join(", ", parts);
    }

    /// <summary>The facts in one line; empty for none.</summary>
    public static string Of(IReadOnlyList<ExplanationFact> facts) =>
        string.Join("; ", facts.Select(fact => $"{fact.Name}: {fact.Text}"));

    private static string Shown(decimal? value, string unit) =>
        ExplanationText.Of(value) is { } known ? $"{known} {unit}" : Unknown;
}
