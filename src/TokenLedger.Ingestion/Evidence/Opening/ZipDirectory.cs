using System.Buffers.Binary;

namespace TokenLedger.Ingestion.Evidence.Opening;

/// <summary>
/// Looks at the directory at the end of a zip before anybody opens it: opening reads all of it into memory.
/// </summary>
/// <remarks>
/// The record at the end says where the directory begins, how many entries it has and how long it is. Only the first
/// is relied upon, because the runtime's reader goes on from there for as long as headers follow, whatever else is
/// said. So the headers are counted here first, in the order and up to the place that it would read them to.
/// </remarks>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int CommentLengthMax = ushort.MaxValue;
    private const int LocatorLength = 20;
    private const int LargeEndLength = 56;
    private const int HeaderLength = 46;
    private const int BlockLength = 64 * 1024;

    /// <summary>Why a zip is not opened, as a code and what to do; null when it may be.</summary>
    /// <exception cref="InvalidDataException">It is no zip, or damaged.</exception>
    public static (string Code, string Message)? RefusalOf(Stream zip)
    {
        var (start, entries, bytes) = Find(zip);
        if (entries > ZipLimits.MaximumEntries)
            return TooMany;
        if (bytes > ZipLimits.MaximumDirectoryBytes)
            return TooLong;
        if (start >= (ulong)zip.Length)
            return null;
        zip.Position = (long)start;
        return Count(zip);
    }

    private static (string Code, string Message) TooMany =>
        (EvidenceCodes.TooManyEntries, "The zip has over 10 000 entries; unpack it first.");

    private static (string Code, string Message) TooLong =>
        (EvidenceCodes.DirectoryTooLarge, "The zip's directory is over 16 MiB; unpack it yourself if you trust it.");

    private static (string Code, string Message)? Count(Stream zip)
    {
        var block = new byte[BlockLength];
        var (begin, end, read, entries) = (0, 0, 0L, 0);
        while (true)
        {
            if (end - begin < HeaderLength)
            {
                block.AsSpan(begin, end - begin).CopyTo(block);
                (begin, end) = (0, end - begin);
                end += zip.ReadAtLeast(block.AsSpan(end), HeaderLength - end, throwOnEndOfStream: false);
            }

            var header = block.AsSpan(begin, end - begin);
            if (header.Length < HeaderLength || !header.StartsWith("PK\u0001\u0002"u8))
                return null;
            if (++entries > ZipLimits.MaximumEntries)
                return TooMany;
            var length = HeaderLength + Short(header[28..]) + Short(header[30..]) + Short(header[32..]);
            read += length;
            if (read > ZipLimits.MaximumDirectoryBytes)
                return TooLong;
            begin += length;
            if (begin > end)
            {
                zip.Position += begin - end;
                (begin, end) = (0, 0);
            }
        }
    }

    private static (ulong Start, ulong Entries, ulong Bytes) Find(Stream zip)
    {
        var (at, end) = FindEnd(zip);
        var disk = Short(end.AsSpan(4));
        var (entries, bytes, start) = (Short(end.AsSpan(10)), Long(end.AsSpan(12)), Long(end.AsSpan(16)));
        // Figures that do not fit say that a larger record holds them.
        var isLarge = disk == ushort.MaxValue || entries == ushort.MaxValue || start == uint.MaxValue;
        var locator = new byte[LocatorLength];
        if (!isLarge || at < LocatorLength)
            return (start, (ulong)entries, bytes);
        zip.Position = at - LocatorLength;
        zip.ReadExactly(locator);
        if (!locator.AsSpan().StartsWith("PK\u0006\u0007"u8))
            return (start, (ulong)entries, bytes);
        return ReadLargeEnd(zip, BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8)));
    }

    private static (ulong Start, ulong Entries, ulong Bytes) ReadLargeEnd(Stream zip, ulong at)
    {
        var end = new byte[LargeEndLength];
        if (at > (ulong)zip.Length)
            throw new InvalidDataException("The zip's end lies beyond its end.");
        zip.Position = (long)at;
        zip.ReadExactly(end);
        if (!end.AsSpan().StartsWith("PK\u0006\u0006"u8))
            throw new InvalidDataException("The zip's end is not where it is said to be.");
        return (
            BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(48)),
            BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(32)),
            BinaryPrimitives.ReadUInt64LittleEndian(end.AsSpan(40)));
    }

    // The last record of its kind counts, as for the runtime's reader; a comment may follow it.
    private static (long At, byte[] Record) FindEnd(Stream zip)
    {
        foreach (var comment in (ReadOnlySpan<int>)[0, CommentLengthMax])
        {
            var length = (int)Math.Min(zip.Length, EndLength + comment);
            if (length < EndLength)
                break;
            var tail = new byte[length];
            zip.Position = zip.Length - length;
            zip.ReadExactly(tail);
            // Without a whole record behind it, a signature is a piece of a comment.
            var found = tail.AsSpan(0, length - EndLength + 4).LastIndexOf("PK\u0005\u0006"u8);
            if (found >= 0)
                return (zip.Length - length + found, tail[found..(found + EndLength)]);
        }

        throw new InvalidDataException("The zip has no end.");
    }

    private static int Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
