using Microsoft.Data.Sqlite;

namespace TokenLedger.Hosting.Tests.Served;

/// <summary>A ledger as no program of ours leaves it.</summary>
internal static class SpoiltLedger
{
    public static Task MoveAllAsync(string ledger) => ExecuteAsync(
        ledger, "UPDATE queuemessages SET queue = queue || '-poison', poisonedat = visibleat");

    /// <summary>A message of a later version in place of each that waits.</summary>
    public static Task SpoilAllAsync(string ledger, string text) => ExecuteAsync(
        ledger, "UPDATE queuemessages SET text = $text", ("$text", text));

    /// <summary>Messages that were handed out so often.</summary>
    public static Task CountAllAsync(string ledger, long count) => ExecuteAsync(
        ledger, "UPDATE queuemessages SET dequeuecount = $count", ("$count", count));

    public static async Task ExecuteAsync(string ledger, string sql, params (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={ledger};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the constants above.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
