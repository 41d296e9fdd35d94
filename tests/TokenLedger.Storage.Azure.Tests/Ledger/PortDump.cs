using System.Globalization;
using System.Text;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Tests;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>Everything that the ports tell, as lines of text.</summary>
internal static class PortDump
{
    public static readonly RunIdentity Run = new("github.com", "Acme", "Api", 7, 1);

    public const string Delivery = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    public static async Task<string> OfAsync(AzureLedgerStorage storage, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await AddRunsAsync(text, storage, cancellation);
        await foreach (var look in storage.Store.ReadObservationsAsync(null, null, null, cancellation))
        {
            text.AppendLine(look.ToString());
            Add(text, look.Charges);
        }

        var (from, to) = (Some.Day.AddDays(-40), Some.Day.AddDays(40));
        await foreach (var head in storage.Days.ReadAsync(null, from, to, cancellation))
        {
            text.AppendLine(head.ToString());
            var (account, day) = (head.Settlement.Account, head.Settlement.Day);
            Add(text, await storage.Days.ReadSharesAsync(account, day, null, cancellation).ToListAsync(cancellation));
            Add(text, await storage.Days.ReadUnallocatedAsync(account, day, cancellation).ToListAsync(cancellation));
        }

        Add(text, await storage.Days.ReadDailyCostsAsync(from, to, cancellation).ToListAsync(cancellation));
        using var archived = await storage.Archive.OpenAsync(Run, cancellation);
        Add(text, [.. archived.Files.Select(file => $"{file.Attempt} {file.File.Path} {file.Sha256}")]);
        Add(text, archived.Problems);
        text.AppendLine((await storage.Deliveries.IsClaimedAsync(Delivery, cancellation)).ToString());
        return text.ToString();
    }

    private static async Task AddRunsAsync(StringBuilder text, AzureLedgerStorage storage, CancellationToken cancellation)
    {
        await foreach (var run in storage.Store.ReadRunsAsync(null, null, cancellation))
        {
            text.AppendLine(run.Facts.ToString()).AppendLine(run.Report.ToString());
            Add(text, run.Slices);
            Add(text, run.Warnings);
        }

        if (await storage.Store.FindRunAsync(RunKey.PublicHost, 7, cancellation) is { } found)
        {
            text.Append(CultureInfo.InvariantCulture, $"{found.Repository} {found.InputHash} {found.Revision}: ");
            text.AppendJoin(' ', found.ChangedDays).AppendLine();
        }

        Add(text, await storage.Store.ReadProblemsAsync(cancellation).ToListAsync(cancellation));
    }

    private static void Add<T>(StringBuilder text, IReadOnlyList<T> items)
    {
        text.Append(CultureInfo.InvariantCulture, $"{items.Count}:").AppendLine();
        foreach (var item in items)
            text.AppendLine(item!.ToString());
    }
}
