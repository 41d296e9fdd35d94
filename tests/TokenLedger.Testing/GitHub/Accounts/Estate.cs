using System.Collections.Concurrent;
using System.Collections.Immutable;
using TokenLedger.Testing.GitHub.Actions;

namespace TokenLedger.Testing.GitHub.Accounts;

/// <summary>What one fake GitHub has: accounts, their repositories and the tokens of people.</summary>
internal sealed class Estate(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, FakeAccount> accounts = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableList<FakeRepository> repositories = [];
    private long lastId = 300_029_404;

    public TimeProvider Time => time;

    public ConcurrentDictionary<string, FakePerson> Tokens { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<FakeRepository> Repositories => repositories;

    public long NextId() => Interlocked.Increment(ref lastId);

    public FakeAccount AccountOf(string login) => accounts.GetOrAdd(login, name => new FakeAccount(NextId(), name));

    public FakeAccount? FindAccount(string login) => accounts.GetValueOrDefault(login);

    public FakeRepository Add(string fullName)
    {
        var owner = AccountOf(fullName.Split('/')[0]);
        var added = new FakeRepository(this, NextId(), owner, fullName);
        ImmutableInterlocked.Update(ref repositories, list => list.Add(added));
        return added;
    }

    public void Delete(FakeRepository repository) =>
        ImmutableInterlocked.Update(ref repositories, list => list.Remove(repository));

    /// <summary>The repository of that name now; else the one that had it before.</summary>
    public (FakeRepository? Repository, bool HasMoved) Find(string owner, string name)
    {
        var fullName = $"{owner}/{name}";
        var now = repositories.Find(item => item.IsCalled(fullName));
        return now is not null ? (now, false) : (repositories.Find(item => item.WasCalled(fullName)), true);
    }
}
