using System.Buffers.Binary;

namespace TokenLedger.Ingestion.Tests.Evidence;

/// <summary>Changes what the end of a zip says of its directory.</summary>
internal static class CraftedZip
{
    private const int EndLength = 22;

    /// <summary>Has the end tell other figures than the true ones.</summary>
    public static byte[] WithEnd(byte[] zip, ushort? entries = null, uint? directoryBytes = null)
    {
        var changed = zip.ToArray();
        var end = changed.AsSpan(changed.Length - EndLength);
        if (entries is { } count)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(end[8..], count);
            BinaryPrimitives.WriteUInt16LittleEndian(end[10..], count);
        }

        if (directoryBytes is { } bytes)
            BinaryPrimitives.WriteUInt32LittleEndian(end[12..], bytes);
        return changed;
    }

    /// <summary>Has the figures stand in the larger record of zips over 4 GiB, as such a zip does.</summary>
    public static byte[] WithLargeEnd(byte[] zip, ulong? entries = null, ulong? recordAt = null)
    {
        var end = zip.AsSpan(zip.Length - EndLength);
        var count = entries ?? BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var record = new byte[56 + 20];
        "PK\u0006\u0006"u8.CopyTo(record);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(24), count);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(32), count);
        BinaryPrimitives.WriteUInt64LittleEndian(
            record.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]));
        BinaryPrimitives.WriteUInt64LittleEndian(
            record.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        "PK\u0006\u0007"u8.CopyTo(record.AsSpan(56));
        BinaryPrimitives.WriteUInt64LittleEndian(
            record.AsSpan(64), recordAt ?? (ulong)(zip.Length - EndLength));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(72), 1);
        var masked = end.ToArray();
        masked.AsSpan(8, 12).Fill(0xff);
        return [.. zip[..^EndLength], .. record, .. masked];
    }

    /// <summary>A zip of nothing but directory: as many headers as are asked for, none of which the end admits.</summary>
    public static byte[] OfHeaders(int count, ushort commentLength)
    {
        var header = new byte[46 + commentLength];
        "PK\u0001\u0002"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), commentLength);
        var zip = new byte[(header.Length * count) + EndLength];
        for (var i = 0; i < count; i++)
            header.CopyTo(zip.AsSpan(i * header.Length));
        "PK\u0005\u0006"u8.CopyTo(zip.AsSpan(zip.Length - EndLength));
        return WithEnd(zip, entries: 1, directoryBytes: 46);
    }
}
