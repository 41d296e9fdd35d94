namespace TokenLedger.Testing.Serving;

/// <summary>The faults that a test has ordered, each with how often it still happens.</summary>
internal sealed class FaultBook
{
    private readonly Lock entry = new();
    private readonly List<(ProviderFault Fault, int Left)> faults = [];

    public void Order(IEnumerable<ProviderFault> next)
    {
        lock (entry)
        {
            faults.Clear();
            faults.AddRange(next.Select(fault => (fault, fault.Times)));
        }
    }

    /// <summary>The first that befalls a request.</summary>
    public ProviderFault? Take(string target)
    {
        lock (entry)
        {
            var at = faults.FindIndex(item => item.Left > 0 && item.Fault.Befalls(target));
            if (at < 0)
                return null;
            faults[at] = faults[at] with { Left = faults[at].Left - 1 };
            return faults[at].Fault;
        }
    }
}
