using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite;

/// <summary>
/// Rejected lines and files as rows of <c>rejectedlines</c>, each under the run or the raw bill it came from.
/// </summary>
internal static class ProblemRows
{
    private static readonly IReadOnlyList<string> ColumnNames = ["origin", "source", "line", "code", "message"];

    public static string OriginOf(FoldedRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"run:{run.Host}/{run.RunId}");

    public static string OriginOf(string rawFile) => "bill:" + rawFile;

    public static void Insert(
        SqliteTransaction transaction, string origin, IReadOnlyList<InputProblem> problems, Action? beforeWrite)
    {
        using var writer = new RowWriter(transaction, "rejectedlines", ColumnNames, beforeWrite);
        foreach (var problem in problems)
            writer.Write(origin, problem.Source, problem.Line, problem.Code, problem.Message);
    }

    public static void Replace(
        LedgerFile file, string origin, IReadOnlyList<InputProblem> problems, Action? beforeWrite)
    {
        using var connection = file.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        using (var delete = connection.CreateCommand())
        {
            delete.Transaction = transaction;
            delete.CommandText = "DELETE FROM rejectedlines WHERE origin = $origin";
            delete.Parameters.AddWithValue("$origin", origin);
            beforeWrite?.Invoke();
            delete.ExecuteNonQuery();
        }

        Insert(transaction, origin, problems, beforeWrite);
        beforeWrite?.Invoke();
        transaction.Commit();
    }

    public static async IAsyncEnumerable<InputProblem> ReadAsync(
        LedgerFile file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT source, line, code, message FROM rejectedlines ORDER BY source, line, id";
        using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            yield return new InputProblem(row.GetString(0), row.NumberOrNull(1), row.GetString(2), row.GetString(3));
    }
}
