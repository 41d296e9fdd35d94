using System.Buffers.Binary;
using System.IO.Compression;

namespace TokenLedger.Packing;

/// <summary>The same folder always makes the same zip, and the handler in it is executable whoever made it.</summary>
public static class PackageZip
{
    // Unix modes as a zip holds them: 0100755 and 0100644 in the upper half.
    private const int RunnableAttributes = unchecked((int)(0x81EDu << 16));
    private const int ReadableAttributes = unchecked((int)(0x81A4u << 16));

    private const uint CentralHeaderSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const int CentralHeaderBytes = 46;
    private const int EndBytes = 22;
    private const byte UnixCreator = 3;

    // The earliest that a zip can say: a date of its own would make every zip another one.
    private static readonly DateTimeOffset Dated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Replaces the zip.</summary>
    public static void Write(string folder, string zip)
    {
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
        using var file = new FileStream(zip, FileMode.Create, FileAccess.ReadWrite);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
                Add(archive, Path.Combine(folder, name), name);
        }

        SayUnix(file);
    }

    private static void Add(ZipArchive archive, string path, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Dated;
        entry.ExternalAttributes = name is PackageFolder.Executable ? RunnableAttributes : ReadableAttributes;
        using var from = File.OpenRead(path);
        using var to = entry.Open();
        from.CopyTo(to);
    }

    // On Windows the library names Windows as the creator, and then nobody reads the modes.
    private static void SayUnix(FileStream file)
    {
        Span<byte> end = stackalloc byte[EndBytes];
        file.Position = file.Length - EndBytes;
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature)
            throw new InvalidDataException("The zip does not end as it was expected to.");
        var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long at = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        Span<byte> header = stackalloc byte[CentralHeaderBytes];
        for (var entry = 0; entry < count; entry++)
        {
            file.Position = at;
            file.ReadExactly(header);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header) != CentralHeaderSignature)
                throw new InvalidDataException("The zip's directory is not where it was expected.");
            file.Position = at + 5;
            file.WriteByte(UnixCreator);
            at += CentralHeaderBytes
                + BinaryPrimitives.ReadUInt16LittleEndian(header[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        }
    }
}
