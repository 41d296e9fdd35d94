using System.Text.Json;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Writes what flags say of a run as one more evidence file, so that the fold stays a function of the archive
/// alone.
/// </summary>
public static class RunHintsFile
{
    /// <summary>The file's name in the archive.</summary>
    public const string FileName = "tokenledger-run.json";

    private const string Schema = "tokenledger/run-hints/v1";

    /// <summary>
    /// The file for these hints; null when they say nothing that evidence does not (no workflow path, no payer).
    /// </summary>
    public static EvidenceFile? Create(IdentityHints hints)
    {
        if (hints.WorkflowPath is null && hints.Payer is null)
            return null;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            if (hints.WorkflowPath is not null)
                writer.WriteString("workflowPath", hints.WorkflowPath);
            if (hints.Payer is { } payer)
                writer.WriteString("payer", payer.ToString());
            writer.WriteEndObject();
        }

        var bytes = buffer.ToArray();
        return new EvidenceFile(FileName, bytes.Length, () => new MemoryStream(bytes, writable: false));
    }

    /// <summary>What such a file says.</summary>
    internal static (string? WorkflowPath, Payer? Payer) Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        using var document = CompanionDocument.Read(file, onProblem);
        if (document is null)
            return default;
        var root = document.RootElement;
        return (WorkflowPaths.Of(root.TextOf("workflowPath")), Payer.Parse(root.TextOf("payer")));
    }
}
