using System.IO.Compression;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>
/// Looks through a zip. Only recognised entries are ever unpacked, and never further than the bounds.
/// </summary>
internal static class ZipWalk
{
    /// <summary>Whether a file is a zip, by its name or its first bytes.</summary>
    public static bool StartsLikeZip(string name, Func<Stream> open)
    {
        if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return true;
        using var stream = open();
        Span<byte> head = stackalloc byte[4];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    public static void Walk(string file, string path, Findings findings)
    {
        try
        {
            using var zip = File.OpenRead(file);
            if (ZipDirectory.RefusalOf(zip) is var (code, message))
            {
                findings.Report(path, code, message);
                return;
            }

            using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var unpacked = 0L;
            var prefix = path.Length == 0 ? "" : path + "/";
            foreach (var entry in archive.Entries)
            {
                if (entry.FullName.EndsWith('/') && ZipEntryName.IsSafe(entry.FullName[..^1]))
                    continue;
                var name = ZipEntryName.IsSafe(entry.FullName) ? entry.FullName : null;
                var place = prefix + (name ?? ZipEntryName.Shown(entry.FullName));
                if (name is null)
                    findings.Report(place, EvidenceCodes.UnsafeEntryName,
                        "The entry's name leads out of the zip or is malformed; do not trust this zip.");
                else if (!seen.Add(name))
                    findings.Report(place, EvidenceCodes.DuplicateEntry,
                        "The zip has two entries of this name; the first was taken. Fetch the zip again.");
                else
                    unpacked += Take(file, entry, place, ZipLimits.MaximumArchiveBytes - unpacked, findings);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            findings.Report(path, EvidenceCodes.CorruptZip, "The zip is damaged or cut short; download it again.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            findings.Report(path, EvidenceCodes.Unreadable, "The zip cannot be read; check its permissions.");
        }
    }

    private static long Take(string file, ZipArchiveEntry entry, string place, long room, Findings findings)
    {
        if (place.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            findings.Report(place, EvidenceCodes.NestedZip,
                "A zip inside a zip is not opened; unpack the outer one first.");
            return 0;
        }

        if (entry.IsEncrypted)
        {
            findings.Report(place, EvidenceCodes.EncryptedEntry,
                "The entry is encrypted; unpack the zip with its password.");
            return 0;
        }

        var limit = Math.Min(ZipLimits.EntryBytes(entry.CompressedLength), room);
        if (entry.Length > limit)
        {
            ReportSize(place, entry.CompressedLength, entry.Length, findings);
            return 0;
        }

        var name = entry.FullName;
        var evidence = new EvidenceFile(place, entry.Length, () => ZipEntryStream.Open(file, name, limit));
        var before = findings.Files.Count;
        findings.Consider(evidence);
        if (findings.Files.Count == before)
            return 0;
        if (Unpack(evidence, place, findings) is { } bytes)
            return bytes;
        findings.Files.RemoveAt(before);
        return 0;
    }

    // A header may lie, so every entry that counts is unpacked once before anyone relies on it.
    private static long? Unpack(EvidenceFile evidence, string place, Findings findings)
    {
        try
        {
            using var stream = evidence.OpenRead();
            var block = new byte[128 * 1024];
            var total = 0L;
            int read;
            while ((read = stream.Read(block)) > 0)
                total += read;
            if (total == evidence.LengthBytes)
                return total;
            findings.Report(place, EvidenceCodes.CorruptZip, "The entry is cut short; download the zip again.");
        }
        catch (EntryTooLargeException fault)
        {
            ReportSize(place, 0, fault.LimitBytes, findings);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or NotSupportedException)
        {
            findings.Report(place, EvidenceCodes.CorruptZip, "The entry is damaged; download the zip again.");
        }

        return null;
    }

    private static void ReportSize(string place, long packed, long length, Findings findings)
    {
        if (length <= ZipLimits.MaximumEntryBytes && packed > 0 && length / packed > ZipLimits.MaximumRatio)
            findings.Report(place, EvidenceCodes.EntryRatio,
                "The entry unpacks to over 200 times its size and was left out; unpack it yourself if you trust it.");
        else
            findings.Report(place, EvidenceCodes.EntryTooLarge,
                "The entry unpacks to over 2 GiB, or its zip to over 8 GiB; unpack it yourself if you trust it.");
    }
}
