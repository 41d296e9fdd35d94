using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>
/// Takes an answer of <c>gh aw logs --json</c> or <c>gh aw audit --json</c> apart into one bundle a run.
/// </summary>
/// <remarks>Both the shape of 2026 (<c>run_id</c>) and the one before it (<c>database_id</c>).</remarks>
internal static class GhAwAnswer
{
    // gh aw lists at most a few thousand runs at some KiB each.
    private const int MaximumAnswerBytes = 64 * 1024 * 1024;
    private const int MaximumRuns = 100_000;
    private const int MaximumRunBytes = 1024 * 1024;

    // An audit repeats logs and findings at length; the ledger keeps the parts that tell of tokens.
    private static readonly string[] AuditFields = ["overview", "metrics", "firewall_token_usage"];

    public static List<EvidenceBundle> Bundles(FoundFile answer, Findings findings)
    {
        var bundles = new List<EvidenceBundle>();
        using var document = CompanionDocument.Read(
            answer.File, problem => findings.Report(answer.Path, problem.Code, problem.Message), MaximumAnswerBytes);
        if (document is null)
            return bundles;
        var root = document.RootElement;
        if (answer.Kind == EvidenceKind.AuditAnswer)
        {
            var runId = root.Child("overview")?.WholeOf("run_id");
            Add(JsonExcerpt.Of(root, AuditFields), runId, answer, findings, bundles);
            return bundles;
        }

        if (root.Child("runs") is not { ValueKind: JsonValueKind.Array } runs || runs.GetArrayLength() > MaximumRuns)
        {
            findings.Report(answer.Path, EvidenceCodes.WrongAnswer,
                "The answer of gh aw logs has no array of up to 100 000 runs; ask gh aw again for fewer.");
            return bundles;
        }

        foreach (var run in runs.EnumerateArray())
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(run.GetRawText());
            Add(bytes, run.WholeOf("run_id") ?? run.WholeOf("database_id"), answer, findings, bundles);
        }

        return bundles;
    }

    private static void Add(
        byte[] bytes, long? runId, FoundFile answer, Findings findings, List<EvidenceBundle> bundles)
    {
        if (runId is not > 0 || bytes.Length > MaximumRunBytes)
        {
            findings.Report(answer.Path, EvidenceCodes.RunWithoutId,
                "A run of the answer has no run id or is over 1 MiB; it was left out. Ask gh aw for it again.");
            return;
        }

        var file = new EvidenceFile(
            EvidenceRecognition.RunSummaryFileName, bytes.Length, () => new MemoryStream(bytes, writable: false));
        var name = findings.SourceOf(answer.Path) + string.Create(CultureInfo.InvariantCulture, $"/run-{runId}");
        bundles.Add(new EvidenceBundle(name, UploadNames.Of(answer.Path, "gh-aw"), [file], []));
    }
}
