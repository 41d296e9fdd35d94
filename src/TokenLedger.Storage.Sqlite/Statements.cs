using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace TokenLedger.Storage.Sqlite;

/// <summary>Statements that are constants of ours, with every value from outside as a parameter.</summary>
internal static class Statements
{
    /// <summary>A statement in the connection's transaction, if there is one.</summary>
    public static SqliteCommand Statement(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Writes, and gives the number of rows that were changed.</summary>
    public static int Write(
        this SqliteConnection connection, Action? beforeWrite, string sql,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Statement(sql, values);
        beforeWrite?.Invoke();
        return command.ExecuteNonQuery();
    }

    /// <summary>Walks over the rows of a statement, which it disposes.</summary>
    public static async IAsyncEnumerable<T> RowsAsync<T>(
        this SqliteCommand statement, Func<SqliteDataReader, T> fromRow,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using (statement)
        {
            using var row = await statement.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                yield return fromRow(row);
        }
    }
}
