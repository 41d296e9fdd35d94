using System.Text.Json;

namespace TokenLedger.Application.Artifacts;

/// <summary>Proves an artifact's sums from the file alone, with exact decimals.</summary>
public static class VerifyArtifact
{
    /// <summary>Everything that does not add up.</summary>
    /// <param name="content">The file's bytes, UTF-8.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are no artifact of this version; the message says why.
    /// </exception>
    public static VerificationResult Execute(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("schema", out var schema)
                || schema.ValueKind != JsonValueKind.String
                || !schema.ValueEquals(BuildArtifact.SchemaName))
                throw new InvalidDataException($"its schema is not {BuildArtifact.SchemaName}");
            var document = json.Deserialize(ArtifactJson.Default.ReconciliationDocument)
                ?? throw new InvalidDataException("it is empty");
            if (HasNullEntry(document))
                throw new InvalidDataException("it has null where a run, charge or other entry belongs");
            var problems = ArtifactSums.Problems(document).ToList();
            if (!string.Equals(ContentDigest.Of(json.RootElement), document.ContentHash, StringComparison.Ordinal))
                problems.Add("contentHash: the content is not what it was when the artifact was made.");
            return new VerificationResult(document, problems);
        }
        catch (Exception failure) when (failure is JsonException or FormatException or OverflowException)
        {
            throw new InvalidDataException(failure.Message.Split('\n')[0].TrimEnd('.'), failure);
        }
    }

    // The reader checks the fields of each entry, but takes null for an entry of a list.
    private static bool HasNullEntry(ReconciliationDocument document) =>
        document.Charges.Contains(null!)
        || document.Unallocated.Contains(null!)
        || document.Settlement.Contains(null!)
        || document.IncludedCredits.Contains(null!)
        || document.CreditPools.Contains(null!)
        || document.Warnings.Contains(null!)
        || document.Totals.Components.Contains(null!)
        || document.Runs.Any(run => run is null || run.Models.Any(model => model is null
            || model.Shares.Contains(null!)));
}
