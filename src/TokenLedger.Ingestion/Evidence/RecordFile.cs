using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Evidence files that the service itself writes: equal facts are equal bytes.</summary>
internal static class RecordFile
{
    /// <summary>The file that a writer makes.</summary>
    public static EvidenceFile Create(string fileName, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        var bytes = buffer.ToArray();
        return new EvidenceFile(fileName, bytes.Length, () => new MemoryStream(bytes, writable: false));
    }

    /// <summary>Whether a path is that of such a file; only its content tells whether it is one.</summary>
    public static bool IsNamed(string path, string fileName) =>
        path.AsSpan(path.LastIndexOf('/') + 1).Equals(fileName, StringComparison.OrdinalIgnoreCase);
}
