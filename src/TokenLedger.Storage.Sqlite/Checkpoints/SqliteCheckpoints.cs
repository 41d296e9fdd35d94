using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Checkpoints;

/// <summary>Marks as rows of <c>checkpoints</c>.</summary>
public sealed class SqliteCheckpoints : ICheckpoints
{
    private readonly LedgerFile file;
    private readonly Action? beforeWrite;

    /// <summary>The marks of the ledger at a path.</summary>
    public SqliteCheckpoints(string path)
        : this(path, beforeWrite: null)
    {
    }

    internal SqliteCheckpoints(string path, Action? beforeWrite)
    {
        file = new LedgerFile(path);
        this.beforeWrite = beforeWrite;
    }

    /// <inheritdoc/>
    public Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation) => file.UseAsync(
        async connection => await connection
            .Statement("SELECT name, setat, value FROM checkpoints WHERE name = $name", ("$name", name))
            .RowsAsync(FromRow, cancellation)
            .FirstOrDefaultAsync(cancellation),
        cancellation);

    /// <inheritdoc/>
    public Task SetAsync(Checkpoint checkpoint, CancellationToken cancellation) => file.UseAsync(
        connection => Task.FromResult(connection.Write(
            beforeWrite,
            "INSERT INTO checkpoints (name, setat, value) VALUES ($name, $at, $value) "
            + "ON CONFLICT (name) DO UPDATE SET setat = excluded.setat, value = excluded.value",
            ("$name", checkpoint.Name), ("$at", Columns.Text(checkpoint.At)), ("$value", checkpoint.Value))),
        cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellation) => file.UseAsync(
        connection => Task.FromResult(connection.Write(
            beforeWrite, "DELETE FROM checkpoints WHERE name = $name", ("$name", name))),
        cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Checkpoint> ReadAsync(
        string namePrefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var connection = file.Open();
        // Names with one beginning lie side by side from it on.
        var marks = await connection
            .Statement(
                "SELECT name, setat, value FROM checkpoints WHERE name >= $prefix ORDER BY name",
                ("$prefix", namePrefix))
            .RowsAsync(FromRow, cancellation)
            .TakeWhile(mark => mark.Name.StartsWith(namePrefix, StringComparison.Ordinal))
            .ToListAsync(cancellation);
        // SQLite compares UTF-8, an ordinal comparison UTF-16: they differ beyond the basic plane.
        foreach (var mark in marks.OrderBy(mark => mark.Name, StringComparer.Ordinal))
            yield return mark;
    }

    private static Checkpoint FromRow(SqliteDataReader row) => new(row.GetString(0), row.Time(1), row.GetString(2));
}
