using Microsoft.Data.Sqlite;

namespace TokenLedger.Storage.Sqlite;

/// <summary>Inserts rows of one table with one prepared statement.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly SqliteCommand command;
    private readonly Action? beforeWrite;

    /// <param name="transaction">The open transaction.</param>
    /// <param name="table">A constant of ours, never outside text: it becomes part of the statement.</param>
    /// <param name="columns">Constants of ours, in the order of the values.</param>
    /// <param name="beforeWrite">Called before each row; a test ends the process here.</param>
    public RowWriter(SqliteTransaction transaction, string table, IReadOnlyList<string> columns, Action? beforeWrite)
    {
        this.beforeWrite = beforeWrite;
        command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Table and columns are constants; every value is a parameter.
        command.CommandText =
            $"INSERT INTO {table} ({string.Join(',', columns)}) "
            + $"VALUES ({string.Join(',', columns.Select(column => "$" + column))})";
#pragma warning restore CA2100
        foreach (var column in columns)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + column });
    }

    public void Write(params ReadOnlySpan<object?> values)
    {
        if (values.Length != command.Parameters.Count)
            throw new ArgumentException("One value for each column.", nameof(values));
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        beforeWrite?.Invoke();
        command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
