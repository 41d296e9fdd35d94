using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Golden.Tests;

/// <summary>Equal figures are equal bytes, whatever scale they were computed with.</summary>
public sealed class ExactFigureTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.000", "0")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("100", "100")]
    [InlineData("100.00", "100")]
    [InlineData("1.2345678900", "1.23456789")]
    [InlineData("42949672960.0", "42949672960")]
    [InlineData("18446744073709551616.0", "18446744073709551616")]
    [InlineData("7922816251426433759354395033.0", "7922816251426433759354395033")]
    [InlineData("7922816251426433759354395033.5", "7922816251426433759354395033.5")]
    [InlineData("0.0000000000000000000000000010", "0.000000000000000000000000001")]
    public void A_figure_is_written_without_trailing_zeros(string figure, string expected)
    {
        var value = decimal.Parse(figure, NumberStyles.Float, CultureInfo.InvariantCulture);

        var text = Written(value);

        Assert.Equal(expected, text);
    }

    private static string Written(decimal value)
    {
        var totals = new TotalsEntry
        {
            Runs = 0, RunsWithTelemetry = 0, EstimatedAiCredits = value, UnpricedRequests = 0,
            BilledAiCredits = null, BilledGrossUsd = null, BilledNetUsd = null, AllocatedAiCredits = null,
            UnallocatedAiCredits = null, EvidencePercent = null, DriftPercent = null, Components = [],
        };
        var document = new ReconciliationDocument
        {
            Schema = BuildArtifact.SchemaName, GeneratedAt = default, InputHash = "", PricesHash = "", ContentHash = "",
            Scope = new ScopeEntry { Kind = "", Name = "", CostCenter = null },
            Period = new PeriodEntry { Start = default, End = default },
            Totals = totals, Charges = [], Runs = [], Unallocated = [], Settlement = [], Warnings = [],
        };
        using var bytes = new MemoryStream();
        BuildArtifact.Write(document, bytes);
        using var json = JsonDocument.Parse(bytes.ToArray());
        return json.RootElement.GetProperty("totals").GetProperty("estimatedAiCredits").GetRawText();
    }
}
