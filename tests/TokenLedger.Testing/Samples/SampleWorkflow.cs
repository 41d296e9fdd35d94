using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Samples;

/// <summary>One workflow of the sample organisation.</summary>
public sealed record SampleWorkflow(
    string Repository, string File, string Name, string Engine, string Model, string Path, bool IsGpt, string? DetectionModel)
{
    /// <summary>The lock file's path in the repository.</summary>
    public string LockFile => $".github/workflows/{File}.lock.yml";

    /// <summary>The channel of its runs unless one says otherwise.</summary>
    public Channel Channel => Channel.Copilot;
}
