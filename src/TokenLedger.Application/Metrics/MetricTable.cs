using System.Security.Cryptography;
using System.Text;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Metrics;

namespace TokenLedger.Application.Metrics;

/// <summary>
/// The record table of metrics: partition the month, row <c>{metric}|{grouping}|{group}</c>; a long group by its hash,
/// none by nothing.
/// </summary>
public static class MetricTable
{
    private const int GroupCharactersMax = 300;
    private const int TextCharactersMax = 8_000;

    /// <summary>The table.</summary>
    public static RecordTable Table { get; } = new("metrics",
    [
        new("metric", RecordColumnKind.Text), new("grouping", RecordColumnKind.Text),
        new("groupname", RecordColumnKind.Text), new("unit", RecordColumnKind.Text),
        new("value", RecordColumnKind.Number), new("numerator", RecordColumnKind.Number),
        new("denominator", RecordColumnKind.Number), new("settledpercent", RecordColumnKind.Number),
        new("provisionalpercent", RecordColumnKind.Number), new("estimatedpercent", RecordColumnKind.Number),
        new("unknownbecause", RecordColumnKind.Text), new("formula", RecordColumnKind.Text),
    ]);

    internal static RecordRow Of(string month, MetricValue value)
    {
        var figure = value.Figure;
        var grouping = MetricNames.Of(value.Grouping);
        return new RecordRow(Table, month, $"{value.Definition.Name}|{grouping}|{KeyOf(value.Group)}")
            .Set("metric", value.Definition.Name)
            .Set("grouping", grouping)
            .Set("groupname", value.Group is { Length: > TextCharactersMax } group
                ? group[..TextCharactersMax] : value.Group)
            .Set("unit", MetricNames.Of(value.Definition.Unit))
            .Set("value", figure.Value)
            .Set("numerator", figure.Numerator)
            .Set("denominator", figure.Denominator)
            .Set("settledpercent", figure.Money?.SettledPercent)
            .Set("provisionalpercent", figure.Money?.ProvisionalPercent)
            .Set("estimatedpercent", figure.Money?.EstimatedPercent)
            .Set("unknownbecause", figure.UnknownBecause)
            .Set("formula", value.Definition.Formula);
    }

    private static string KeyOf(string? group) => group is null or { Length: <= GroupCharactersMax }
        ? group ?? ""
        : "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(group)));
}
