namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>An artifact of a run.</summary>
public sealed class FakeArtifact
{
    internal FakeArtifact(FakeRun run, long id, string name, byte[] zip, DateTimeOffset createdAt)
    {
        Run = run;
        Id = id;
        Name = name;
        Zip = zip;
        CreatedAt = createdAt;
    }

    /// <summary>The run.</summary>
    public FakeRun Run { get; }

    /// <summary>Its id.</summary>
    public long Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What is downloaded.</summary>
    public byte[] Zip { get; }

    /// <summary>When it was uploaded, UTC.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Whether its content is deleted.</summary>
    public bool IsExpired { get; private set; }

    /// <summary>Deletes its content; it is listed on.</summary>
    public void Expire() => IsExpired = true;
}
