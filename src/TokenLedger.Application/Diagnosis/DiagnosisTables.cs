using System.Globalization;
using TokenLedger.Application.Reports;

namespace TokenLedger.Application.Diagnosis;

/// <summary>The results as tables: one flat one for programs, one a check for people.</summary>
public static class DiagnosisTables
{
    /// <summary>The name of the JSON form.</summary>
    public const string Schema = "tokenledger/doctor/v1";

    // The table cuts a longer cell; a fix must be read to its end.
    private const int CellLengthMax = 200;

    /// <summary>Every result in a row.</summary>
    public static Table Flat(IReadOnlyList<CheckResult> results) => new(
        "",
        [
            new("check", "Check"), new("subject", "Subject"), new("state", "State"), new("code", "Code"),
            new("seen", "Seen"), new("fix", "Fix"),
        ],
        [
            .. results.Select(result => (IReadOnlyList<Cell>)
            [
                result.Name, result.Subject, NameOf(result.State), result.Code, result.Seen, result.Fix,
            ]),
        ]);

    /// <summary>One table a check, each finding followed by its fix, and a sum at the end.</summary>
    public static IReadOnlyList<Table> Grouped(IReadOnlyList<CheckResult> results) =>
    [
        .. results.GroupBy(result => result.Name, StringComparer.Ordinal).Select(OfCheck),
        new Table(SumOf(results), [], []),
    ];

    private static Table OfCheck(IGrouping<string, CheckResult> check)
    {
        var rows = new List<IReadOnlyList<Cell>>();
        string? fixBefore = null;
        foreach (var result in check)
        {
            var seen = result.Code is { } code ? $"{result.Seen} ({code})" : result.Seen;
            AddRows(rows, ShownOf(result.State), result.Subject, seen);
            // Endpoints of one account mostly share a cause.
            if (result.Fix is { } fix)
            {
                var isSame = string.Equals(fix, fixBefore, StringComparison.Ordinal);
                AddRows(rows, "", "", isSame ? "→ as above" : $"→ {fix}");
            }

            fixBefore = result.Fix ?? fixBefore;
        }

        return new Table(check.Key, [new("state", "State"), new("subject", "Subject"), new("seen", "Seen")], rows);
    }

    private static void AddRows(List<IReadOnlyList<Cell>> rows, string state, string subject, string text)
    {
        var rest = text;
        while (rest.Length > CellLengthMax && rest.LastIndexOf(' ', CellLengthMax) is var space and > 0)
        {
            rows.Add([state, subject, rest[..space]]);
            (state, subject, rest) = ("", "", rest[(space + 1)..]);
        }

        rows.Add([state, subject, rest]);
    }

    private static string SumOf(IReadOnlyList<CheckResult> results)
    {
        var problems = results.Count(result => result.State == CheckState.Problem);
        var warnings = results.Count(result => result.State == CheckState.Warning);
        return $"{Counted(problems, "problem")}, {Counted(warnings, "warning")}, {Counted(results.Count, "thing")} "
            + "looked at. Codes: docs/codes.md.";
    }

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string NameOf(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Warning => "warning",
        CheckState.Problem => "problem",
        _ => "skipped",
    };

    private static string ShownOf(CheckState state) => state == CheckState.Problem ? "PROBLEM" : NameOf(state);
}
