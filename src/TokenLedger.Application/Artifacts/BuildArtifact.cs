using System.Text.Json;
using TokenLedger.Application.Reconciling;

namespace TokenLedger.Application.Artifacts;

/// <summary>
/// Makes the artifact of a reconciliation. Pure: the same input gives the same bytes but for the time.
/// </summary>
public static class BuildArtifact
{
    /// <summary>The <c>schema</c> of the artifact.</summary>
    public const string SchemaName = "tokenledger/reconciliation/v1";

    private const string SchemaResource = "TokenLedger.Application.Artifacts.reconciliation.v1.schema.json";

    /// <summary>The artifact.</summary>
    public static ReconciliationDocument Execute(PeriodReconciliation period, DateTimeOffset generatedAt)
    {
        var document = new ReconciliationDocument
        {
            Schema = SchemaName,
            GeneratedAt = generatedAt,
            InputHash = period.InputHash,
            PricesHash = period.PricesHash,
            ContentHash = "",
            Scope = new ScopeEntry
            {
                Kind = WireNames.Of(period.Scope.Kind),
                Name = period.Scope.Name,
                CostCenter = period.Scope.CostCenter,
            },
            Period = new PeriodEntry { Start = period.From, End = period.To },
            Totals = TotalsEntries.Of(period),
            Charges = [.. BillEntries.Charges(period)],
            Runs = RunEntries.Of(period),
            Unallocated = [.. BillEntries.Unallocated(period)],
            Settlement = [.. BillEntries.Settlement(period)],
            IncludedCredits = [.. BillEntries.IncludedCredits(period)],
            CreditPools = [.. BillEntries.CreditPools(period)],
            Warnings =
                [.. period.Notices.Select(notice => new WarningEntry { Code = notice.Code, Message = notice.Message })],
        };
        return document with { Seal = new ContentSeal(document) };
    }

    /// <summary>Writes the artifact: UTF-8, ending in a line feed; never whole in memory.</summary>
    public static void Write(ReconciliationDocument document, Stream target)
    {
        document.Seal?.Begin();
        JsonSerializer.Serialize(target, document, ArtifactJson.Default.ReconciliationDocument);
        target.Write("\n"u8);
    }

    /// <summary>The same for a target that must not be waited for.</summary>
    public static async Task WriteAsync(
        ReconciliationDocument document, Stream target, CancellationToken cancellation)
    {
        document.Seal?.Begin();
        await JsonSerializer.SerializeAsync(
            target, document, ArtifactJson.Default.ReconciliationDocument, cancellation);
        await target.WriteAsync("\n"u8.ToArray(), cancellation);
    }

    /// <summary>The JSON Schema (draft 2020-12) of the artifact.</summary>
    public static string Schema()
    {
        using var stream = typeof(BuildArtifact).Assembly.GetManifestResourceStream(SchemaResource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
