namespace TokenLedger.Providers.Tests.Polling;

/// <summary>Counts the calls that change something, and ends the process at one of them.</summary>
internal sealed class Steps
{
    /// <summary>The call at which the process ends, before and after which count apart; null for never.</summary>
    public int? EndsAt { get; set; }

    public int Taken { get; set; }

    public void Take()
    {
        if (Taken++ == EndsAt)
            throw new KilledException();
    }

    /// <summary>A call that changes something: the process may end before it or after it.</summary>
    public async Task<T> AroundAsync<T>(Func<Task<T>> change)
    {
        Take();
        var result = await change();
        Take();
        return result;
    }
}
