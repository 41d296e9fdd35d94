namespace TokenLedger.Ingestion.GitHub;

/// <summary>One page of a list of runs.</summary>
/// <param name="Runs">The runs that could be read, in GitHub's order.</param>
/// <param name="Count">How many runs the page has, those that could not be read too.</param>
/// <param name="TotalCount">How many runs the whole list has, as GitHub says.</param>
public sealed record RunPage(IReadOnlyList<FoundRun> Runs, int Count, long TotalCount);
