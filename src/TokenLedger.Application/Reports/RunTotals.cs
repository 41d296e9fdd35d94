using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>
/// What the tables need of all runs, in one walk: an entry of a run is made anew each time that it is read.
/// </summary>
internal sealed class RunTotals
{
    private readonly Dictionary<(string Repository, string Name), WorkflowSums> workflows = [];
    private readonly List<(int At, decimal Spread)> differing = [];

    private RunTotals()
    {
    }

    /// <summary>All runs.</summary>
    public WorkflowSums All { get; } = new();

    /// <summary>The runs of each workflow.</summary>
    public IReadOnlyDictionary<(string Repository, string Name), WorkflowSums> Workflows => workflows;

    /// <summary>What runs answer for of the bill.</summary>
    public Tally Answered { get; private set; } = Tally.Nothing;

    /// <summary>
    /// Where the runs stand whose claims differ, and by how much: not the runs themselves, every run of a large month
    /// may be one of them.
    /// </summary>
    public IReadOnlyList<(int At, decimal Spread)> Differing => differing;

    public static RunTotals Of(ReconciliationDocument document)
    {
        var totals = new RunTotals();
        var at = 0;
        foreach (var run in document.Runs)
            totals.Add(run, at++);
        return totals;
    }

    private void Add(RunEntry run, int at)
    {
        All.Add(run);
        var key = (run.Repository, WorkflowTable.NameOf(run));
        if (!workflows.TryGetValue(key, out var sums))
            workflows.Add(key, sums = new WorkflowSums());
        sums.Add(run);
        foreach (var share in run.Models.SelectMany(model => model.Shares))
            Answered += new Tally(share.BilledAiCredits, share.BilledGrossUsd, share.BilledNetUsd);
        if (ClaimsTable.SpreadOf(run) is var spread && spread > ClaimsTable.NoiseAiCredits)
            differing.Add((at, spread));
    }
}
