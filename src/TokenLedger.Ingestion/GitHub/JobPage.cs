namespace TokenLedger.Ingestion.GitHub;

/// <summary>One page of an attempt's jobs.</summary>
/// <param name="Minutes">The whole minutes of the page's jobs, as <see cref="Domain.Usage.JobMinutes"/> counts.</param>
/// <param name="Count">How many jobs the page has.</param>
/// <param name="TotalCount">How many jobs the attempt has, as GitHub says.</param>
public sealed record JobPage(long Minutes, int Count, long TotalCount);
