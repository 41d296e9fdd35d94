using System.Text.Json;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>
/// Writes what collecting an attempt brought as one more evidence file, so that a run's rows stay a function of its
/// archive alone. Equal facts are equal bytes; of several files of an attempt the best outcome counts.
/// </summary>
public static class CollectionFile
{
    /// <summary>The file's name in the archive; it lies in the upload of <see cref="WorkflowRunFile"/>.</summary>
    public const string FileName = "collection.json";

    internal const string Schema = "tokenledger/collection/v1";

    // A hostile artifact must not fill the table of rejected lines.
    private const int ProblemsMax = 200;

    /// <summary>The file of these facts.</summary>
    public static EvidenceFile Create(CollectionFacts facts) =>
        RecordFile.Create(FileName, writer => Write(writer, facts));

    /// <summary>What such a file says; null when it is another kind of file or names no run.</summary>
    internal static CollectionFacts? Read(EvidenceFile file, Action<InputProblem> onProblem)
    {
        using var document = CompanionDocument.Read(file, onProblem);
        if (document is null)
            return null;
        var root = document.RootElement;
        if (!string.Equals(root.TextOf("schema"), Schema, StringComparison.Ordinal))
            return null;
        var run = RunIdentity.Of(
            root.TextOf("host"), root.TextOf("repository"), root.WholeOf("runId"), root.WholeOf("attempt"));
        if (run is null || StateOf(root.TextOf("state")) is not { } state)
        {
            onProblem(new InputProblem(file.Path, null, EvidenceCodes.IdentityInvalid,
                "The file names no run or no outcome that there can be; collect the run again."));
            return null;
        }

        return new CollectionFacts(run, state)
        {
            ActionsMinutes = root.WholeOf("actionsMinutes"),
            Problems = [.. ProblemsOf(root)],
        };
    }

    private static void Write(Utf8JsonWriter writer, CollectionFacts facts)
    {
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteString("host", facts.Run.Host);
        writer.WriteString("repository", facts.Run.Repository);
        writer.WriteNumber("runId", facts.Run.RunId);
        writer.WriteNumber("attempt", facts.Run.Attempt);
        writer.WriteString("state", NameOf(facts.State));
        if (facts.ActionsMinutes is { } minutes)
            writer.WriteNumber("actionsMinutes", minutes);
        writer.WriteStartArray("problems");
        foreach (var problem in facts.Problems.Take(ProblemsMax))
        {
            writer.WriteStartObject();
            writer.WriteString("source", problem.Source);
            writer.WriteString("code", problem.Code);
            writer.WriteString("message", problem.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static IEnumerable<InputProblem> ProblemsOf(JsonElement root)
    {
        if (root.Child("problems") is not { ValueKind: JsonValueKind.Array } problems)
            yield break;
        foreach (var problem in problems.EnumerateArray().Take(ProblemsMax))
        {
            if (problem.TextOf("source") is { } source && problem.TextOf("code") is { } code)
                yield return new InputProblem(source, null, code, problem.TextOf("message") ?? "");
        }
    }

    private static string NameOf(CollectionState state) => state switch
    {
        CollectionState.Refused => "refused",
        CollectionState.NoTelemetry => "no-telemetry",
        CollectionState.TelemetryExpired => "telemetry-expired",
        _ => "collected",
    };

    private static CollectionState? StateOf(string? name) => name switch
    {
        "refused" => CollectionState.Refused,
        "no-telemetry" => CollectionState.NoTelemetry,
        "telemetry-expired" => CollectionState.TelemetryExpired,
        "collected" => CollectionState.Collected,
        _ => null,
    };
}
