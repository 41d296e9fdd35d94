namespace TokenLedger.Hosting.Tests.Served;

/// <summary>Waits for what another thread or process does.</summary>
internal static class Eventually
{
    // Reached only by a test that fails.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(string what, Func<Task<bool>> isSo)
    {
        for (var tries = Bound / Interval; tries > 0; tries--)
        {
            if (await isSo())
                return;
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"It never happened that {what}.");
    }

    public static Task TrueAsync(string what, Func<bool> isSo) => TrueAsync(what, () => Task.FromResult(isSo()));
}
