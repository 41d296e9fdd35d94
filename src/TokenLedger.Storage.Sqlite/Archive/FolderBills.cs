using System.Security.Cryptography;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>Raw bills as <c>{hash}/{name}</c>, and how they were taken as <c>takings/{hash}/{hints}.json</c>.</summary>
internal sealed class FolderBills(string root, Func<string> temporaryName)
{
    private const string Takings = "takings";

    public async Task<ArchivedBill> AddAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var held = FirstIn(Path.Combine(root, hash));
        // First: a bill without it would be taken as of the time of its file.
        if (taking is not null
            && Path.Combine(root, Takings, hash, BillTakingFile.NameOf(taking)) is var noted && !File.Exists(noted))
        {
            // A bill that was kept before takings were was read when it was kept, not now.
            var isEarlier = held is not null && !Directory.Exists(Path.GetDirectoryName(noted));
            var of = isEarlier ? taking with { ObservedAt = KeptAt(held!) } : taking;
            await PutAsync(noted, BillTakingFile.Create(of), cancellation);
        }

        if (held is not null)
            return new ArchivedBill($"bills/{hash}/{Path.GetFileName(held)}", IsNew: false);
        var segment = ArchivePath.EncodeSegment(name);
        await PutAsync(Path.Combine(root, hash, segment), content, cancellation);
        return new ArchivedBill($"bills/{hash}/{segment}", IsNew: true);
    }

    public IEnumerable<HeldBill> Read()
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var hash = Path.GetFileName(folder);
            if (string.Equals(hash, Takings, StringComparison.Ordinal) || FirstIn(folder) is not { } file)
                continue;
            yield return new HeldBill(
                ArchivePath.Decode(Path.GetFileName(file)), KeptAt(file),
                [.. TakingsOf(hash)],
                async cancellation => await File.ReadAllBytesAsync(file, cancellation));
        }
    }

    private IEnumerable<BillTaking> TakingsOf(string hash)
    {
        var folder = Path.Combine(root, Takings, hash);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)
                .Select(file => BillTakingFile.Parse(File.ReadAllBytes(file))).OfType<BillTaking>()
            : [];
    }

    private static DateTimeOffset KeptAt(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);

    private static string? FirstIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).FirstOrDefault()
        : null;

    private async Task PutAsync(string target, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var temporary = temporaryName();
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await stream.WriteAsync(content, cancellation);
                stream.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // The path holds the hash: whoever wins a race wrote the same bytes, or the same hints a moment apart.
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
