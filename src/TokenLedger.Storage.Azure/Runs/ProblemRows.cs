using System.Globalization;
using TokenLedger.Ingestion;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>
/// Rejected lines and files as rows of <c>rejectedlines</c>, each under the run or the raw bill it came from.
/// </summary>
internal static class ProblemRows
{
    public static readonly TableColumns Columns = MakeColumns();

    public static TableEntity OfRun(
        InputProblem problem, int number, DateOnly homeDay, string host, long runId, long revision, string generation)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"run:{host}/{runId}");
        return Fill(
            new LedgerRow(
                    RunKeys.Day(homeDay, host, runId), Generation.Key(generation, RowText.Narrow(number)))
                .Add("origin", origin).Add("host", host).Add("runid", runId),
            problem, revision);
    }

    public static TableEntity OfBill(
        InputProblem problem, int number, string partitionKey, string rawFile, long revision,
        string generation) => Fill(
        new LedgerRow(partitionKey, Generation.Key(generation, RowText.Narrow(number)))
            .Add("origin", "bill:" + rawFile).Add("host", (string?)null).Add("runid", (long?)null),
        problem, revision);

    public static InputProblem FromRow(TableEntity row) => new(
        LongText.Read(row, "source"), row.Int64("line"), row.KnownText("code"), LongText.Read(row, "message"));

    private static TableEntity Fill(LedgerRow row, InputProblem problem, long revision) => row
        .AddLong("source", problem.Source)
        .Add("line", problem.Line)
        .Add("code", problem.Code)
        .AddLong("message", problem.Message)
        .Add("revision", revision)
        .ToEntity();

    private static TableColumns MakeColumns()
    {
        var columns = new TableColumns
        {
            { "host", TableColumnKind.Text }, { "runid", TableColumnKind.Int64 },
            { "line", TableColumnKind.Int64 }, { "code", TableColumnKind.Text }, { "generation", TableColumnKind.Text },
        };
        LongText.AddTo(columns, "source");
        LongText.AddTo(columns, "message");
        return columns;
    }
}
