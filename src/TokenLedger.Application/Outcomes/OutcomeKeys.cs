using System.Globalization;
using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Application.Outcomes;

/// <summary>Keys of the outcome tables.</summary>
internal static class OutcomeKeys
{
    public const string RunRow = "run";

    // Where no snapshot says when a pull request was opened.
    private const string UnknownMonth = "0000-00";

    public static string RunPartition(long runId, string host) =>
        string.Create(CultureInfo.InvariantCulture, $"{runId:D20}|{host}");

    public static string RunBound(long runId) => runId.ToString("D20", CultureInfo.InvariantCulture);

    public static string IndexPartition(string host, string repository) =>
        $"{host.ToLowerInvariant()}|{repository.ToLowerInvariant()}";

    public static string IndexRow(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    public static string MonthOf(DateTimeOffset? createdAt) =>
        createdAt?.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) ?? UnknownMonth;

    public static string OutcomePartition(string month, string repository) => $"{month}|{repository}";

    public static string OutcomeRow(WorkSubject subject) => $"{IndexRow(subject.Number)}|{subject.Host}";
}
