using Microsoft.Data.Sqlite;
using TokenLedger.Storage.Sqlite.Deliveries;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class DeliveryRetentionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Claims_of_over_30_days_are_forgotten_a_bounded_number_at_a_time()
    {
        var deliveries = new SqliteDeliveryLog(folder.Path("ledger.db"));
        for (var number = 0; number < 250; number++)
            await deliveries.ClaimAsync("old " + number, Some.Time, Token);
        await deliveries.ClaimAsync("kept", Some.Time.AddTicks(1), Token);

        var left = new List<long>();
        for (var number = 0; number < 3; number++)
        {
            await deliveries.ClaimAsync("new " + number, Some.Time.AddDays(30).AddTicks(1), Token);
            left.Add(Count());
        }

        Assert.Equal([152, 53, 4], left);
        Assert.False(await deliveries.IsClaimedAsync("old 7", Token));
        Assert.True(await deliveries.IsClaimedAsync("kept", Token));
    }

    private long Count()
    {
        using var connection = new SqliteConnection($"Data Source={folder.Path("ledger.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM deliveries";
        return (long)command.ExecuteScalar()!;
    }
}
