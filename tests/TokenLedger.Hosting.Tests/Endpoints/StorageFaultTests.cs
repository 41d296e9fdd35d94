using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class StorageFaultTests
{
    [Fact]
    public async Task A_storage_that_fails_is_503_and_once_it_is_back_the_same_delivery_is_queued()
    {
        await using var served = await ServedLedger.StartedAsync();
        await SpoiltLedger.ExecuteAsync(served.Ledger, "ALTER TABLE deliveries RENAME TO elsewhere");

        var failed = await Delivery.OfRun().SendAsync(served);

        Assert.Equal((503, "storage"), (failed.Status, failed.Problem));
        Assert.Contains("Retry-After: 30", failed.Headers);
        Assert.DoesNotContain("deliveries", failed.Body);
        await SpoiltLedger.ExecuteAsync(served.Ledger, "ALTER TABLE elsewhere RENAME TO deliveries");
        Assert.Equal("queued", (await Delivery.OfRun().SendAsync(served)).State);
    }
}
