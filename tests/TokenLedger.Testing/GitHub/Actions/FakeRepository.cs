using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Accounts;
using TokenLedger.Testing.GitHub.Issues;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>A repository of the fake GitHub.</summary>
public sealed class FakeRepository
{
    private readonly Lock issuesGate = new();
    private readonly Estate estate;
    private ImmutableList<string> formerNames = [];
    private ImmutableList<FakeRun> runs = [];
    private ImmutableSortedSet<string> disabled = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private ImmutableList<FakeIssue> issues = [];

    internal FakeRepository(Estate estate, long id, FakeAccount owner, string fullName)
    {
        this.estate = estate;
        Id = id;
        Owner = owner;
        FullName = fullName;
    }

    /// <summary>Its id, which outlives its name.</summary>
    public long Id { get; }

    /// <summary>Whose it is.</summary>
    public FakeAccount Owner { get; private set; }

    /// <summary><c>owner/name</c>.</summary>
    public string FullName { get; private set; }

    /// <summary>The name without the owner.</summary>
    public string Name => FullName[(FullName.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Whether only those see it who may; public ones are seen by every token.</summary>
    public bool IsPrivate { get; set; } = true;

    /// <summary>Files of workflows that are disabled, such as <c>issue-triage.lock.yml</c>.</summary>
    public IReadOnlyCollection<string> DisabledWorkflows => disabled;

    /// <summary>Its runs, in the order they were added.</summary>
    public IReadOnlyList<FakeRun> Runs => runs;

    /// <summary>Its pull requests and issues by number, as the API shows them.</summary>
    public ConcurrentDictionary<long, (bool IsPullRequest, JsonObject Item)> Items { get; } = [];

    /// <summary>Its issues, in the order they were made.</summary>
    public IReadOnlyList<FakeIssue> Issues => issues;

    /// <summary>Whether it has issues.</summary>
    public bool HasIssues { get; set; } = true;

    /// <summary>Adds an issue, as anybody may.</summary>
    public FakeIssue AddIssue(string title, string body, params string[] labels)
    {
        lock (issuesGate)
        {
            var added = new FakeIssue(issues.Count + 1, title, body, labels);
            issues = issues.Add(added);
            return added;
        }
    }

    /// <summary>Adds a run whose first attempt begins as the run is created.</summary>
    /// <param name="createdAt">When, UTC; in whole seconds.</param>
    /// <param name="conclusion">How it ended; null while it is under way.</param>
    /// <param name="lasts">How long it took; null for five minutes.</param>
    /// <param name="id">Its id; null for the next.</param>
    public FakeRun AddRun(
        DateTimeOffset createdAt, string? conclusion = "success", TimeSpan? lasts = null, long? id = null)
    {
        var run = new FakeRun(estate, this, id ?? 19_384_000_000 + estate.NextId(), createdAt, conclusion, lasts);
        ImmutableInterlocked.Update(ref runs, list => list.Add(run));
        return run;
    }

    /// <summary>Lets a workflow be started, or not.</summary>
    public void Enable(string file, bool isEnabled) => ImmutableInterlocked.Update(
        ref disabled, set => isEnabled ? set.Remove(file) : set.Add(file));

    /// <summary>Takes a run away, as its owner may.</summary>
    public void Delete(FakeRun run) => ImmutableInterlocked.Update(ref runs, list => list.Remove(run));

    /// <summary>Gives it another name, perhaps another owner's; questions for the old one are sent on.</summary>
    public void Rename(string fullName)
    {
        ImmutableInterlocked.Update(ref formerNames, list => list.Add(FullName));
        Owner = estate.AccountOf(fullName.Split('/')[0]);
        FullName = fullName;
    }

    /// <summary>Takes it away.</summary>
    public void Delete() => estate.Delete(this);

    internal bool IsCalled(string fullName) => FullName.Equals(fullName, StringComparison.OrdinalIgnoreCase);

    internal bool WasCalled(string fullName) => formerNames.Contains(fullName, StringComparer.OrdinalIgnoreCase);
}
