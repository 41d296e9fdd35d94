using System.Text.Json;
using System.Text.Json.Serialization;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Outcomes;

/// <summary>The work of a run's attempts as one row.</summary>
internal static class RunWorkRows
{
    // A run carries out some ten safe outputs.
    private const int LinksMax = 200;
    private const int TextMax = 190_000;

    public static RecordRow Of(RunIdentity run, string inputHash, IReadOnlyList<RunWork> attempts) => new RecordRow(
        OutcomeTables.RunWork, OutcomeKeys.RunPartition(run.RunId, run.Host), OutcomeKeys.RunRow)
        .Set("host", run.Host)
        .Set("runid", run.RunId)
        .Set("repository", run.Repository)
        .Set("inputhash", inputHash)
        .Set("linkcount", (long)attempts.Sum(work => work.Links.Count))
        .Set("unlinkedcount", (long)attempts.Sum(work => work.Unlinked.Count))
        .Set("work", TextOf(attempts));

    public static IEnumerable<(string Repository, RunWork Work)> Read(RecordRow row)
    {
        if (row.Text("host") is not { } host || row.Integer("runid") is not { } runId
            || row.Text("repository") is not { } repository || row.Text("work") is not { } text)
            return [];
        return (JsonSerializer.Deserialize(text, RunWorkJson.Default.WorkWireArray) ?? []).Select(wire => (
            repository, new RunWork(new RunKey(host, runId, wire.Attempt), wire.Links, wire.Branch, wire.Unlinked)));
    }

    // Hostile files can name more than any row holds: of those nothing is linked.
    private static string TextOf(IReadOnlyList<RunWork> attempts)
    {
        var whole = JsonSerializer.Serialize(
            [
                .. attempts.Select(work => new WorkWire(
                    work.Run.Attempt, work.HeadBranch, [.. work.Links.Take(LinksMax)],
                    [.. work.Unlinked.Take(LinksMax)])),
            ],
            RunWorkJson.Default.WorkWireArray);
        return whole.Length <= TextMax ? whole : "[]";
    }

    internal sealed record WorkWire(
        int Attempt, string? Branch, IReadOnlyList<WorkLink> Links, IReadOnlyList<UnlinkedReason> Unlinked);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunWorkRows.WorkWire[]))]
internal sealed partial class RunWorkJson : JsonSerializerContext;
