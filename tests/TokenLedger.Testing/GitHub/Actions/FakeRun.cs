using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using TokenLedger.Testing.GitHub.Accounts;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>A workflow run with its attempts and artifacts.</summary>
public sealed class FakeRun
{
    private readonly Estate estate;
    private ImmutableList<FakeRunAttempt> attempts = [];
    private ImmutableList<FakeArtifact> artifacts = [];

    internal FakeRun(
        Estate estate, FakeRepository repository, long id, DateTimeOffset createdAt, string? conclusion,
        TimeSpan? lasts)
    {
        this.estate = estate;
        Repository = repository;
        Id = id;
        CreatedAt = createdAt;
        Rerun(createdAt, conclusion, lasts);
    }

    /// <summary>Where it ran.</summary>
    public FakeRepository Repository { get; }

    /// <summary>Its id, the same for every attempt.</summary>
    public long Id { get; }

    /// <summary>When it was created, UTC; the same for every attempt.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The workflow's name.</summary>
    public string WorkflowName { get; set; } = "Issue triage agent";

    /// <summary>The workflow's file.</summary>
    public string WorkflowPath { get; set; } = ".github/workflows/issue-triage.lock.yml";

    /// <summary>What set it off.</summary>
    public string Event { get; set; } = "issues";

    /// <summary>The branch.</summary>
    public string HeadBranch { get; set; } = "main";

    /// <summary>Who set it off.</summary>
    public string Actor { get; set; } = "octocat";

    /// <summary>The pull requests of its head.</summary>
    public IReadOnlyList<int> PullRequests { get; set; } = [];

    /// <summary>Its attempts, the first at the front.</summary>
    public IReadOnlyList<FakeRunAttempt> Attempts => attempts;

    /// <summary>Its last attempt, which GitHub shows as the run.</summary>
    public FakeRunAttempt Latest => attempts[^1];

    /// <summary>The artifacts of all its attempts.</summary>
    public IReadOnlyList<FakeArtifact> Artifacts => artifacts;

    /// <summary>Runs it again.</summary>
    /// <param name="startedAt">When, UTC; in whole seconds.</param>
    /// <param name="conclusion">How it ended; null while it is under way.</param>
    /// <param name="lasts">How long it took; null for five minutes.</param>
    public FakeRunAttempt Rerun(DateTimeOffset startedAt, string? conclusion = "success", TimeSpan? lasts = null)
    {
        var attempt = new FakeRunAttempt(this, attempts.Count + 1, startedAt);
        attempts = attempts.Add(attempt);
        if (conclusion is not null)
            attempt.Finish(startedAt + (lasts ?? TimeSpan.FromMinutes(5)), conclusion);
        return attempt;
    }

    /// <summary>Adds an artifact of text files, uploaded as the last attempt was last heard of.</summary>
    public FakeArtifact AddArtifact(string name, params (string Path, string Content)[] files) => AddArtifact(
        name,
        files.Select(file => KeyValuePair.Create(file.Path, Encoding.UTF8.GetBytes(file.Content))));

    /// <summary>Adds an artifact of files, uploaded as the last attempt was last heard of.</summary>
    public FakeArtifact AddArtifact(string name, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                var entry = archive.CreateEntry(path);
                entry.LastWriteTime = Latest.UpdatedAt;
                using var target = entry.Open();
                target.Write(content);
            }
        }

        return AddZip(name, zip.ToArray());
    }

    /// <summary>Adds an artifact of these bytes, whatever they are.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="zip">What is downloaded.</param>
    /// <param name="createdAt">When it was uploaded; null for when the last attempt was last heard of.</param>
    public FakeArtifact AddZip(string name, byte[] zip, DateTimeOffset? createdAt = null)
    {
        var artifact = new FakeArtifact(this, estate.NextId(), name, zip, createdAt ?? Latest.UpdatedAt);
        ImmutableInterlocked.Update(ref artifacts, list => list.Add(artifact));
        return artifact;
    }
}
